// Package automation runs a program in Go without a language host.
package automation

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optpreview"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optrefresh"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// Run does with the program what the first argument says: "up", which prints the outputs, and after which a preview and
// a refresh must find no change; or "destroy".
func Run(program pulumi.RunFunc) {
	if err := run(program); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(program pulumi.RunFunc) error {
	ctx := context.Background()
	stack, err := auto.UpsertStackInlineSource(ctx, "test", "maps", program)
	if err != nil {
		return err
	}
	if os.Args[1] == "destroy" {
		_, err := stack.Destroy(ctx)
		return err
	}
	result, err := stack.Up(ctx)
	if err != nil {
		return err
	}
	if _, err := stack.Preview(ctx, optpreview.ExpectNoChanges()); err != nil {
		return err
	}
	if _, err := stack.Refresh(ctx, optrefresh.ExpectNoChanges()); err != nil {
		return err
	}
	outputs := map[string]any{}
	for name, output := range result.Outputs {
		outputs[name] = map[string]any{"value": output.Value, "secret": output.Secret}
	}
	return json.NewEncoder(os.Stdout).Encode(outputs)
}
