package main

import (
	"context"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/common/version"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/protobuf/types/known/emptypb"
)

// host answers the engine's calls. Calls that are not here (code generation, packing, linking) answer "unimplemented".
type host struct {
	pulumirpc.UnimplementedLanguageRuntimeServer

	// lifetime ends when the engine cancels, interrupts or vanishes, and takes every child process with it.
	lifetime context.Context
	stop     context.CancelFunc
	tracing  string

	lock   sync.Mutex
	engine string
}

func newHost(lifetime context.Context, stop context.CancelFunc, engine, tracing string) *host {
	return &host{lifetime: lifetime, stop: stop, engine: engine, tracing: tracing}
}

func (h *host) engineAddress() string {
	h.lock.Lock()
	defer h.lock.Unlock()
	return h.engine
}

func (h *host) Handshake(
	_ context.Context, request *pulumirpc.LanguageHandshakeRequest,
) (*pulumirpc.LanguageHandshakeResponse, error) {
	if address := request.GetEngineAddress(); address != "" {
		h.lock.Lock()
		h.engine = address
		h.lock.Unlock()
	}
	return &pulumirpc.LanguageHandshakeResponse{}, nil
}

func (h *host) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: version.Version}, nil
}

// No package is announced ahead of the run, so nothing is downloaded that a program may never use.
// A program that does use another provider still gets it when it registers its first resource.
func (h *host) GetRequiredPackages(
	context.Context, *pulumirpc.GetRequiredPackagesRequest,
) (*pulumirpc.GetRequiredPackagesResponse, error) {
	return &pulumirpc.GetRequiredPackagesResponse{}, nil
}

func (h *host) RuntimeOptionsPrompts(
	context.Context, *pulumirpc.RuntimeOptionsRequest,
) (*pulumirpc.RuntimeOptionsResponse, error) {
	return &pulumirpc.RuntimeOptionsResponse{}, nil
}

func (h *host) Template(context.Context, *pulumirpc.TemplateRequest) (*pulumirpc.TemplateResponse, error) {
	return &pulumirpc.TemplateResponse{}, nil
}

func (h *host) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	h.stop()
	return &emptypb.Empty{}, nil
}
