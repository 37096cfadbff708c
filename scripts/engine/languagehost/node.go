package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// How long an interrupted child may take to leave before it is killed.
const childGrace = 5 * time.Second

// command is a child process that is interrupted, then killed, when either context ends.
func (h *host) command(ctx context.Context, folder, name string, arguments ...string) *exec.Cmd {
	ctx, cancel := context.WithCancel(ctx)
	context.AfterFunc(h.lifetime, cancel)
	child := exec.CommandContext(ctx, name, arguments...)
	child.Dir = folder
	child.Cancel = func() error { return child.Process.Signal(os.Interrupt) }
	child.WaitDelay = childGrace
	return child
}

// sdkScript finds a script of the Pulumi SDK as the program itself would: by Node's own resolution, from its folder.
func (h *host) sdkScript(ctx context.Context, folder, script string) (string, error) {
	child := h.command(ctx, folder, "node", "-p", "require.resolve(process.argv[1])", "@pulumi/pulumi/cmd/"+script)
	answer, err := child.Output()
	if errors.Is(err, exec.ErrNotFound) {
		return "", errors.New("Node.js is not on PATH: install it, or run this through `npm run -s pulumi --`")
	}
	if err != nil {
		// The engine looks for these very words to tell that a policy pack's packages are not installed.
		return "", fmt.Errorf("Cannot find module '@pulumi/pulumi/cmd/%s' from %s: run `npm install` there", script, folder)
	}
	return strings.TrimSpace(string(answer)), nil
}

// nodeArguments are what `runtime: options: nodeargs:` of Pulumi.yaml adds to the command line of Node itself.
func nodeArguments(program *pulumirpc.ProgramInfo) []string {
	return strings.Fields(option(program, "nodeargs"))
}

func option(program *pulumirpc.ProgramInfo, name string) string {
	value, found := program.GetOptions().GetFields()[name]
	if !found {
		return ""
	}
	switch value := value.AsInterface().(type) {
	case string:
		return value
	case bool:
		return fmt.Sprint(value)
	default:
		return ""
	}
}
