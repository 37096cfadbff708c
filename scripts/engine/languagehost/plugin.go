package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"sync"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// RunPlugin runs a policy pack or a provider written for Node.js until it ends or the engine hangs up.
func (h *host) RunPlugin(
	request *pulumirpc.RunPluginRequest, stream pulumirpc.LanguageRuntime_RunPluginServer,
) error {
	program := request.GetInfo()
	packFolder := program.GetProgramDirectory()
	var script, folder string
	var arguments []string
	if request.GetKind() == "analyzer" {
		// A policy pack reads its package.json from the working directory, and wants the engine's address first.
		script, folder = "run-policy-pack", packFolder
		arguments = append(append(arguments, request.GetArgs()...), program.GetEntryPoint())
	} else {
		script, folder = "run-plugin", request.GetPwd()
		arguments = append(arguments, filepath.Join(packFolder, program.GetEntryPoint()))
		arguments = append(arguments, request.GetArgs()...)
	}

	path, err := h.sdkScript(stream.Context(), packFolder, script)
	if err != nil {
		return stream.Send(stderrMessage([]byte(err.Error() + "\n")))
	}
	arguments = append(append(nodeArguments(program), path), arguments...)
	child := h.command(stream.Context(), folder, "node", arguments...)
	child.Env = append(os.Environ(), request.GetEnv()...)

	var sending sync.Mutex
	child.Stdout = chunks(func(bytes []byte) error {
		sending.Lock()
		defer sending.Unlock()
		return stream.Send(stdoutMessage(bytes))
	})
	child.Stderr = chunks(func(bytes []byte) error {
		sending.Lock()
		defer sending.Unlock()
		return stream.Send(stderrMessage(bytes))
	})

	err = child.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		return err
	}
	return stream.Send(&pulumirpc.RunPluginResponse{
		Output: &pulumirpc.RunPluginResponse_Exitcode{Exitcode: int32(child.ProcessState.ExitCode())},
	})
}

func stdoutMessage(bytes []byte) *pulumirpc.RunPluginResponse {
	return &pulumirpc.RunPluginResponse{Output: &pulumirpc.RunPluginResponse_Stdout{Stdout: bytes}}
}

func stderrMessage(bytes []byte) *pulumirpc.RunPluginResponse {
	return &pulumirpc.RunPluginResponse{Output: &pulumirpc.RunPluginResponse_Stderr{Stderr: bytes}}
}

// chunks is an io.Writer that hands each piece of output on as soon as it arrives.
type chunks func([]byte) error

func (send chunks) Write(bytes []byte) (int, error) {
	if err := send(bytes); err != nil {
		return 0, err
	}
	return len(bytes), nil
}
