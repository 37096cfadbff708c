// Command pulumi-language-nodejs lets the Pulumi engine run Node.js programs on a machine without Pulumi.
//
// It serves the public LanguageRuntime service (pulumi/language.proto) and is written from that description alone.
// It is a tool of this repository and is never shipped: wherever Pulumi itself is installed, Pulumi's own host is used.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"net"
	"os"
	"os/signal"
	"syscall"
	"time"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
)

// The engine allows itself messages of this size (a whole stack's configuration travels in one).
const maxMessageBytes = 400 << 20

func main() {
	tracing := flag.String("tracing", "", "address that the program sends its traces to")
	flag.Bool("logtostderr", false, "accepted because the engine passes it on; nothing is logged")
	flag.Int("v", 0, "accepted because the engine passes it on; nothing is logged")
	flag.Parse()

	if err := serve(flag.Arg(0), *tracing); err != nil {
		fmt.Fprintln(os.Stderr, "pulumi-language-nodejs:", err)
		os.Exit(1)
	}
}

func serve(engine, tracing string) error {
	if engine == "" {
		return errors.New("the address of the Pulumi engine is missing: this program is started by pulumi, not by hand")
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()

	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	server := grpc.NewServer(grpc.MaxRecvMsgSize(maxMessageBytes), grpc.MaxSendMsgSize(maxMessageBytes))
	pulumirpc.RegisterLanguageRuntimeServer(server, newHost(ctx, stop, engine, tracing))

	go stopWhenEngineIsGone(ctx, stop, engine)
	go func() {
		<-ctx.Done()
		// Programs still running are ended by the same context; their answers get a moment to leave.
		time.AfterFunc(childGrace+time.Second, server.Stop)
		server.GracefulStop()
	}()

	// The engine reads this one line to learn where to call. What follows on stdout is what programs print.
	fmt.Println(listener.Addr().(*net.TCPAddr).Port)
	return server.Serve(listener)
}

// A killed engine says no goodbye. Without this, the host and the program it runs would live on.
func stopWhenEngineIsGone(ctx context.Context, stop context.CancelFunc, engine string) {
	ticker := time.NewTicker(5 * time.Second)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
			connection, err := net.DialTimeout("tcp", engine, 5*time.Second)
			if err != nil {
				stop()
				return
			}
			connection.Close()
		}
	}
}
