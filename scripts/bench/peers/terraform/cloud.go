package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"golang.org/x/oauth2"
	"golang.org/x/oauth2/clientcredentials"
)

// cloud is one account's clients. Its token is asked for by the first request, and shared by all.
type cloud struct {
	clientsURL string
	http       *http.Client
}

// apiClient is a client as the API writes it. What the API alone decides is left out of what is sent.
type apiClient struct {
	ID                 string   `json:"id,omitempty"`
	Name               string   `json:"name"`
	ClientType         string   `json:"clientType"`
	SharedMode         string   `json:"sharedMode"`
	AllowedIPAddresses []string `json:"allowedIpAddresses"`
	IsActive           bool     `json:"isActive"`
	APIKey             string   `json:"apiKey,omitempty"`
	APISecret          string   `json:"apiSecret,omitempty"`
}

// apiError is any answer that is no success.
type apiError struct {
	status int
	body   string
}

func (e *apiError) Error() string { return fmt.Sprintf("the API answered %d: %s", e.status, e.body) }

func newCloud(apiURL, tokenURL, clientID, clientSecret string) *cloud {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	// Go keeps two idle connections a host. Terraform makes ten requests at once, or what -parallelism says.
	transport.MaxIdleConnsPerHost = transport.MaxIdleConns
	plain := &http.Client{Transport: transport, Timeout: 30 * time.Second}
	credentials := clientcredentials.Config{
		ClientID:     clientID,
		ClientSecret: clientSecret,
		TokenURL:     tokenURL,
		AuthStyle:    oauth2.AuthStyleInParams,
	}
	// The context of Configure ends with Configure, and the token is fetched later.
	signedIn := credentials.Client(context.WithValue(context.Background(), oauth2.HTTPClient, plain))
	signedIn.Timeout = plain.Timeout
	return &cloud{clientsURL: apiURL + "/api/v1/clients", http: signedIn}
}

func (c *cloud) create(ctx context.Context, client apiClient) (apiClient, error) {
	return c.ask(ctx, http.MethodPost, "", &client)
}

func (c *cloud) read(ctx context.Context, id string) (apiClient, error) {
	return c.ask(ctx, http.MethodGet, "/"+url.PathEscape(id), nil)
}

func (c *cloud) update(ctx context.Context, id string, client apiClient) (apiClient, error) {
	return c.ask(ctx, http.MethodPost, "/"+url.PathEscape(id), &client)
}

func (c *cloud) delete(ctx context.Context, id string) error {
	_, err := c.ask(ctx, http.MethodDelete, "?clientIds="+url.QueryEscape(id), nil)
	return err
}

func (c *cloud) ask(ctx context.Context, method, path string, body *apiClient) (apiClient, error) {
	var answer struct {
		Data apiClient `json:"data"`
	}
	var content io.Reader
	if body != nil {
		text, err := json.Marshal(body)
		if err != nil {
			return answer.Data, err
		}
		content = bytes.NewReader(text)
	}
	request, err := http.NewRequestWithContext(ctx, method, c.clientsURL+path, content)
	if err != nil {
		return answer.Data, err
	}
	request.Header.Set("Accept", "application/json")
	if body != nil {
		request.Header.Set("Content-Type", "application/json")
	}
	response, err := c.http.Do(request)
	if err != nil {
		return answer.Data, err
	}
	defer response.Body.Close()
	// Read to its end, so that the connection can be used again.
	text, err := io.ReadAll(response.Body)
	if err != nil {
		return answer.Data, err
	}
	if response.StatusCode < 200 || response.StatusCode > 299 {
		return answer.Data, &apiError{response.StatusCode, string(text)}
	}
	if len(text) == 0 {
		return answer.Data, nil
	}
	err = json.Unmarshal(text, &answer)
	return answer.Data, err
}
