package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setdefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

type clientResource struct{ cloud *cloud }

type clientModel struct {
	ID                 types.String `tfsdk:"id"`
	Name               types.String `tfsdk:"name"`
	Type               types.String `tfsdk:"type"`
	Active             types.Bool   `tfsdk:"active"`
	AllowedIPAddresses types.Set    `tfsdk:"allowed_ip_addresses"`
	ClientID           types.String `tfsdk:"client_id"`
	APISecret          types.String `tfsdk:"api_secret"`
}

func newClientResource() resource.Resource { return &clientResource{} }

func (r *clientResource) Metadata(_ context.Context, request resource.MetadataRequest, response *resource.MetadataResponse) {
	response.TypeName = request.ProviderTypeName + "_client"
}

func (r *clientResource) Schema(_ context.Context, _ resource.SchemaRequest, response *resource.SchemaResponse) {
	unchanged := []planmodifier.String{stringplanmodifier.UseStateForUnknown()}
	none := types.SetValueMust(types.StringType, []attr.Value{})
	response.Schema = schema.Schema{
		Attributes: map[string]schema.Attribute{
			"id":   schema.StringAttribute{Computed: true, PlanModifiers: unchanged},
			"name": schema.StringAttribute{Required: true},
			"type": schema.StringAttribute{
				Required:      true,
				PlanModifiers: []planmodifier.String{stringplanmodifier.RequiresReplace()},
			},
			"active": schema.BoolAttribute{Optional: true, Computed: true, Default: booldefault.StaticBool(true)},
			"allowed_ip_addresses": schema.SetAttribute{
				ElementType: types.StringType,
				Optional:    true,
				Computed:    true,
				Default:     setdefault.StaticValue(none),
			},
			"client_id":  schema.StringAttribute{Computed: true, PlanModifiers: unchanged},
			"api_secret": schema.StringAttribute{Computed: true, Sensitive: true, PlanModifiers: unchanged},
		},
	}
}

func (r *clientResource) Configure(_ context.Context, request resource.ConfigureRequest, _ *resource.ConfigureResponse) {
	// Terraform also validates, before the provider is configured.
	if configured, ok := request.ProviderData.(*cloud); ok {
		r.cloud = configured
	}
}

func (r *clientResource) Create(ctx context.Context, request resource.CreateRequest, response *resource.CreateResponse) {
	write(ctx, request.Plan, &response.State, &response.Diagnostics, "made", func(_ string, wanted apiClient) (apiClient, error) {
		return r.cloud.create(ctx, wanted)
	})
}

func (r *clientResource) Read(ctx context.Context, request resource.ReadRequest, response *resource.ReadResponse) {
	var model clientModel
	response.Diagnostics.Append(request.State.Get(ctx, &model)...)
	if response.Diagnostics.HasError() {
		return
	}
	found, err := r.cloud.read(ctx, model.ID.ValueString())
	if isMissing(err) {
		response.State.RemoveResource(ctx)
		return
	}
	if err != nil {
		response.Diagnostics.AddError(fmt.Sprintf("Client %s could not be read", model.Name), err.Error())
		return
	}
	model.fromAPI(ctx, found, &response.Diagnostics)
	response.Diagnostics.Append(response.State.Set(ctx, model)...)
}

func (r *clientResource) Update(ctx context.Context, request resource.UpdateRequest, response *resource.UpdateResponse) {
	write(ctx, request.Plan, &response.State, &response.Diagnostics, "changed", func(id string, wanted apiClient) (apiClient, error) {
		return r.cloud.update(ctx, id, wanted)
	})
}

// write sends what is planned, and keeps what the answer says.
func write(
	ctx context.Context, plan tfsdk.Plan, state *tfsdk.State, problems *diag.Diagnostics,
	done string, send func(id string, wanted apiClient) (apiClient, error),
) {
	var model clientModel
	problems.Append(plan.Get(ctx, &model)...)
	wanted := model.toAPI(ctx, problems)
	if problems.HasError() {
		return
	}
	written, err := send(model.ID.ValueString(), wanted)
	if err != nil {
		problems.AddError(fmt.Sprintf("Client %q could not be %s", wanted.Name, done), err.Error())
		return
	}
	model.fromAPI(ctx, written, problems)
	problems.Append(state.Set(ctx, model)...)
}

func (r *clientResource) Delete(ctx context.Context, request resource.DeleteRequest, response *resource.DeleteResponse) {
	var model clientModel
	response.Diagnostics.Append(request.State.Get(ctx, &model)...)
	if response.Diagnostics.HasError() {
		return
	}
	if err := r.cloud.delete(ctx, model.ID.ValueString()); err != nil && !isMissing(err) {
		response.Diagnostics.AddError(fmt.Sprintf("Client %s could not be deleted", model.Name), err.Error())
	}
}

func isMissing(err error) bool {
	var refused *apiError
	return errors.As(err, &refused) && refused.status == http.StatusNotFound
}

func (m *clientModel) toAPI(ctx context.Context, problems *diag.Diagnostics) apiClient {
	addresses := []string{}
	problems.Append(m.AllowedIPAddresses.ElementsAs(ctx, &addresses, false)...)
	return apiClient{
		Name:               m.Name.ValueString(),
		ClientType:         m.Type.ValueString(),
		SharedMode:         "IpAddress",
		AllowedIPAddresses: addresses,
		IsActive:           m.Active.ValueBool(),
	}
}

func (m *clientModel) fromAPI(ctx context.Context, client apiClient, problems *diag.Diagnostics) {
	addresses, found := types.SetValueFrom(ctx, types.StringType, client.AllowedIPAddresses)
	problems.Append(found...)
	m.ID = types.StringValue(client.ID)
	m.Name = types.StringValue(client.Name)
	m.Type = types.StringValue(client.ClientType)
	m.Active = types.BoolValue(client.IsActive)
	m.AllowedIPAddresses = addresses
	m.ClientID = types.StringValue(client.APIKey)
	// Only the answer that made the client is sure to hold its secret.
	if client.APISecret != "" || m.APISecret.IsUnknown() {
		m.APISecret = types.StringValue(client.APISecret)
	}
}
