package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"strconv"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// The SDK's run script exits with this status when the user has been told already: nothing more is to be said.
const statusAlreadyReported = 32

// Run executes a program. What it prints goes straight to this host's own stdout and stderr, which the engine shows.
func (h *host) Run(ctx context.Context, request *pulumirpc.RunRequest) (*pulumirpc.RunResponse, error) {
	if request.GetAttachDebugger() {
		return &pulumirpc.RunResponse{Error: "this repository's own language host cannot attach a debugger"}, nil
	}
	program := request.GetInfo()
	script, err := h.sdkScript(ctx, program.GetProgramDirectory(), "run")
	if err != nil {
		return &pulumirpc.RunResponse{Error: err.Error()}, nil
	}
	environment, err := programEnvironment(request)
	if err != nil {
		return nil, err
	}

	arguments := append(nodeArguments(program), script)
	arguments = append(arguments, h.runArguments(request)...)
	child := h.command(ctx, program.GetProgramDirectory(), "node", arguments...)
	child.Env = environment
	child.Stdout, child.Stderr = os.Stdout, os.Stderr
	return runOutcome(child.Run())
}

func (h *host) runArguments(request *pulumirpc.RunRequest) []string {
	program := request.GetInfo()
	arguments := []string{
		"--monitor", request.GetMonitorAddress(),
		"--engine", h.engineAddress(),
		"--organization", request.GetOrganization(),
		"--project", request.GetProject(),
		"--root-directory", program.GetRootDirectory(),
		"--stack", request.GetStack(),
		"--pwd", request.GetPwd(),
		"--parallel", strconv.Itoa(int(request.GetParallel())),
	}
	if h.tracing != "" {
		arguments = append(arguments, "--tracing", h.tracing)
	}
	if request.GetDryRun() {
		arguments = append(arguments, "--dry-run")
	}
	return append(append(arguments, program.GetEntryPoint()), request.GetArgs()...)
}

func programEnvironment(request *pulumirpc.RunRequest) ([]string, error) {
	program := request.GetInfo()
	settings := request.GetConfig()
	if settings == nil {
		// A stack without configuration: programs read an object.
		settings = map[string]string{}
	}
	config, err := json.Marshal(settings)
	if err != nil {
		return nil, err
	}
	secretKeys, err := json.Marshal(append([]string{}, request.GetConfigSecretKeys()...))
	if err != nil {
		return nil, err
	}
	typescript := option(program, "typescript") != "false"
	environment := append(os.Environ(),
		"PULUMI_CONFIG="+string(config),
		"PULUMI_CONFIG_SECRET_KEYS="+string(secretKeys),
		"PULUMI_NODEJS_TYPESCRIPT="+strconv.FormatBool(typescript),
	)
	if path := option(program, "tsconfig"); typescript && path != "" {
		environment = append(environment, "PULUMI_NODEJS_TSCONFIG_PATH="+path)
	}
	return environment, nil
}

func runOutcome(err error) (*pulumirpc.RunResponse, error) {
	var exit *exec.ExitError
	switch {
	case err == nil:
		return &pulumirpc.RunResponse{}, nil
	case errors.As(err, &exit) && exit.ExitCode() == statusAlreadyReported:
		return &pulumirpc.RunResponse{Bail: true}, nil
	case errors.As(err, &exit):
		return &pulumirpc.RunResponse{Error: fmt.Sprintf("the program failed with %s", exit)}, nil
	default:
		return &pulumirpc.RunResponse{Error: fmt.Sprintf("the program could not be run: %s", err)}, nil
	}
}
