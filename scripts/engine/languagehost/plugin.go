package main

import (
	"errors"
	"os"
	"os/exec"
	"sync"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// RunPlugin runs a policy pack or a provider written for Node.js until it ends or the engine hangs up.
func (h *host) RunPlugin(
	request *pulumirpc.RunPluginRequest, stream pulumirpc.LanguageRuntime_RunPluginServer,
) error {
	program := request.GetInfo()
	// Its own folder, where its tsconfig.json and its package.json are read from.
	folder := program.GetProgramDirectory()
	name := "run-plugin"
	arguments := append([]string{program.GetEntryPoint()}, request.GetArgs()...)
	if request.GetKind() == "analyzer" {
		// A policy pack wants the engine's address first.
		name = "run-policy-pack"
		arguments = append(append([]string{}, request.GetArgs()...), program.GetEntryPoint())
	}

	script, err := h.sdkScript(stream.Context(), folder, name)
	if err != nil {
		return stream.Send(stderrMessage([]byte(err.Error() + "\n")))
	}
	arguments = append(append(nodeArguments(program), script), arguments...)
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
