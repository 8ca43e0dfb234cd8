variable "stage" {
  type    = string
  default = "test"
}

variable "vpc_id" {
  type = string
}

variable "admin_cidr" {
  type        = string
  description = "From where machines may be maintained"
  default     = "10.20.0.0/16"
}

variable "keep_archive" {
  type    = bool
  default = true
}

locals {
  prefix           = "parcels-${var.stage}"
  encrypt_database = false
}
