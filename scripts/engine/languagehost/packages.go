package main

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"sort"
	"strings"
	"sync"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

// InstallDependencies is `pulumi install`.
func (h *host) InstallDependencies(
	request *pulumirpc.InstallDependenciesRequest, stream pulumirpc.LanguageRuntime_InstallDependenciesServer,
) error {
	program := request.GetInfo()
	manager := option(program, "packagemanager")
	if manager == "" {
		manager = "npm"
	}
	child := h.command(stream.Context(), program.GetProgramDirectory(), manager, "install")
	var sending sync.Mutex
	child.Stdout = chunks(func(bytes []byte) error {
		sending.Lock()
		defer sending.Unlock()
		return stream.Send(&pulumirpc.InstallDependenciesResponse{Stdout: bytes})
	})
	child.Stderr = chunks(func(bytes []byte) error {
		sending.Lock()
		defer sending.Unlock()
		return stream.Send(&pulumirpc.InstallDependenciesResponse{Stderr: bytes})
	})
	return child.Run()
}

// About is the language part of `pulumi about`.
func (h *host) About(ctx context.Context, _ *pulumirpc.AboutRequest) (*pulumirpc.AboutResponse, error) {
	executable, err := exec.LookPath("node")
	if err != nil {
		return nil, err
	}
	version, err := h.command(ctx, "", executable, "--version").Output()
	if err != nil {
		return nil, err
	}
	return &pulumirpc.AboutResponse{Executable: executable, Version: strings.TrimSpace(string(version))}, nil
}

// manifest is the part of a package.json that is read here.
type manifest struct {
	Version         string            `json:"version"`
	Dependencies    map[string]string `json:"dependencies"`
	DevDependencies map[string]string `json:"devDependencies"`
}

// GetProgramDependencies lists the packages that the program's package.json names, at the versions installed.
func (h *host) GetProgramDependencies(
	_ context.Context, request *pulumirpc.GetProgramDependenciesRequest,
) (*pulumirpc.GetProgramDependenciesResponse, error) {
	folder := request.GetInfo().GetProgramDirectory()
	program, err := readManifest(folder)
	if err != nil {
		return nil, err
	}
	response := &pulumirpc.GetProgramDependenciesResponse{}
	for _, declared := range []map[string]string{program.Dependencies, program.DevDependencies} {
		for name, version := range declared {
			if installed := installedVersion(folder, name); installed != "" {
				version = installed
			}
			response.Dependencies = append(response.Dependencies, &pulumirpc.DependencyInfo{Name: name, Version: version})
		}
	}
	sort.Slice(response.Dependencies, func(i, j int) bool {
		return response.Dependencies[i].GetName() < response.Dependencies[j].GetName()
	})
	return response, nil
}

func readManifest(folder string) (manifest, error) {
	var found manifest
	text, err := os.ReadFile(filepath.Join(folder, "package.json"))
	if err != nil {
		return found, err
	}
	return found, json.Unmarshal(text, &found)
}

// installedVersion looks where Node would: in the node_modules of the folder, then of each folder above it.
func installedVersion(folder, name string) string {
	for {
		if found, err := readManifest(filepath.Join(folder, "node_modules", name)); err == nil {
			return found.Version
		}
		parent := filepath.Dir(folder)
		if parent == folder {
			return ""
		}
		folder = parent
	}
}
