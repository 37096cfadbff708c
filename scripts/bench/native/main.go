// Command pulumi-resource-noop is a resource plugin that does nothing: what any native plugin costs at the least. It is
// measured, never shipped.
package main

import (
	"errors"
	"fmt"
	"net"
	"os"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

// The engine allows itself messages of this size.
const maxMessageBytes = 400 << 20

func main() {
	if err := serve(); err != nil {
		fmt.Fprintln(os.Stderr, "pulumi-resource-noop:", err)
		os.Exit(1)
	}
}

func serve() error {
	if len(os.Args) < 2 {
		return errors.New("the address of the Pulumi engine is missing: this program is started by pulumi, not by hand")
	}
	go exitWithEngine(os.Getppid())
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := grpc.NewServer(grpc.MaxRecvMsgSize(maxMessageBytes), grpc.MaxSendMsgSize(maxMessageBytes))
	pulumirpc.RegisterResourceProviderServer(server, noop{})
	// The engine reads this one line to learn where to call.
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	return server.Serve(listener)
}

// A killed engine says no goodbye.
func exitWithEngine(engine int) {
	for range time.Tick(5 * time.Second) {
		if os.Getppid() != engine {
			os.Exit(1)
		}
	}
}
