// Command generator writes SDKs for Node.js, Python and Go, as `pulumi package gen-sdk` asks a language host to.
//
// Under the name pulumi-language-nodejs, pulumi-language-python or pulumi-language-go it serves the one method of the
// public LanguageRuntime service that this takes, with the code generators that Pulumi publishes. It is a tool of this
// repository and is never shipped: wherever Pulumi itself is installed, Pulumi's own hosts are used.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"

	gogen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	"github.com/pulumi/pulumi/sdk/v3/go/common/version"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/protobuf/types/known/emptypb"
)

// The engine allows itself messages of this size: a whole schema travels in one.
const maxMessageBytes = 400 << 20

type generator struct {
	pulumirpc.UnimplementedLanguageRuntimeServer
	tool string
}

func main() {
	tool := strings.TrimSuffix(filepath.Base(os.Args[0]), ".exe")
	if err := serve(tool); err != nil {
		fmt.Fprintf(os.Stderr, "%s: %v\n", tool, err)
		os.Exit(1)
	}
}

func serve(tool string) error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := grpc.NewServer(grpc.MaxRecvMsgSize(maxMessageBytes), grpc.MaxSendMsgSize(maxMessageBytes))
	pulumirpc.RegisterLanguageRuntimeServer(server, &generator{tool: tool})
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	return server.Serve(listener)
}

func (g *generator) Handshake(
	context.Context, *pulumirpc.LanguageHandshakeRequest,
) (*pulumirpc.LanguageHandshakeResponse, error) {
	return &pulumirpc.LanguageHandshakeResponse{}, nil
}

func (g *generator) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: version.Version}, nil
}

func (g *generator) GeneratePackage(
	_ context.Context, request *pulumirpc.GeneratePackageRequest,
) (*pulumirpc.GeneratePackageResponse, error) {
	loader, err := schema.NewLoaderClient(request.GetLoaderTarget())
	if err != nil {
		return nil, err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal([]byte(request.GetSchema()), &spec); err != nil {
		return nil, err
	}
	pkg, diagnostics, err := schema.BindSpec(spec, loader, schema.ValidationOptions{AllowDanglingReferences: true})
	if err != nil {
		return nil, err
	}
	response := &pulumirpc.GeneratePackageResponse{Diagnostics: plugin.HclDiagnosticsToRPCDiagnostics(diagnostics)}
	if diagnostics.HasErrors() {
		return response, nil
	}
	files, err := g.files(pkg, request, schema.NewCachedLoader(loader))
	if err != nil {
		return nil, err
	}
	for name, content := range files {
		target := filepath.Join(request.GetDirectory(), name)
		if err := os.MkdirAll(filepath.Dir(target), 0o755); err != nil {
			return nil, err
		}
		if err := os.WriteFile(target, content, 0o644); err != nil {
			return nil, err
		}
	}
	return response, nil
}

func (g *generator) files(
	pkg *schema.Package, request *pulumirpc.GeneratePackageRequest, loader schema.ReferenceLoader,
) (map[string][]byte, error) {
	switch g.tool {
	case "pulumi-language-nodejs":
		return nodejs.GeneratePackage(
			g.tool, pkg, request.GetExtraFiles(), request.GetLocalDependencies(), request.GetLocal(), loader)
	case "pulumi-language-python":
		return python.GeneratePackage(g.tool, pkg, request.GetExtraFiles(), loader)
	case "pulumi-language-go":
		return gogen.GeneratePackage(g.tool, pkg, request.GetLocalDependencies())
	}
	return nil, fmt.Errorf("there is no generator of this name")
}
