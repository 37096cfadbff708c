package main

import (
	"context"
	"fmt"
	"os"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

type thinkgeoProvider struct{}

func newProvider() provider.Provider { return thinkgeoProvider{} }

func (thinkgeoProvider) Metadata(_ context.Context, _ provider.MetadataRequest, response *provider.MetadataResponse) {
	response.TypeName = "thinkgeo"
}

func (thinkgeoProvider) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}

func (thinkgeoProvider) Configure(_ context.Context, _ provider.ConfigureRequest, response *provider.ConfigureResponse) {
	setting := func(name string) string {
		value := os.Getenv(name)
		if value == "" {
			response.Diagnostics.AddError("ThinkGeo Cloud is not configured", fmt.Sprintf("Set the environment variable %s.", name))
		}
		return value
	}
	response.ResourceData = newCloud(
		setting("THINKGEO_API_URL"),
		setting("THINKGEO_TOKEN_URL"),
		setting("THINKGEO_CLIENT_ID"),
		setting("THINKGEO_CLIENT_SECRET"),
	)
}

func (thinkgeoProvider) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (thinkgeoProvider) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{newClientResource}
}
