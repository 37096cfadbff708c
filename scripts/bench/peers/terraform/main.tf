terraform {
  required_providers {
    thinkgeo = { source = "bench.invalid/bench/thinkgeo" }
  }
}

variable "clients" { type = number }
variable "release" { type = number }

resource "thinkgeo_client" "client" {
  count                = var.clients
  name                 = "client${count.index}"
  type                 = "NativeConfidential"
  allowed_ip_addresses = ["203.0.113.0/24", "198.51.100.${count.index % 250}", "192.0.2.${var.release}"]
}
