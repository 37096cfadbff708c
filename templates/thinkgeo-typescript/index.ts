import * as thinkgeo from "pulumi-thinkgeo";

// A key for a web page. It works on these sites only: write yours here.
const web = new thinkgeo.Client("web", {
  type: "JavaScript",
  allowedOrigins: ["example.com", "*.example.com"],
});

export const apiKey = web.apiKey;
