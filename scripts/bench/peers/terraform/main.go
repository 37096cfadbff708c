// A Terraform provider for client keys of ThinkGeo Cloud, as one would write it for oneself. It is measured, never shipped.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
)

func main() {
	options := providerserver.ServeOpts{Address: "bench.invalid/bench/thinkgeo"}
	if err := providerserver.Serve(context.Background(), newProvider, options); err != nil {
		log.Fatal(err)
	}
}
