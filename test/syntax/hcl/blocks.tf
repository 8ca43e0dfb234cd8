# A comment with a hash.
// A comment with slashes.
/* A comment
   over lines. */ terraform {
  required_version = ">= 1.5"
  required_providers { aws = { source = "hashicorp/aws" } }
  backend "s3" {}
}

resource "aws_s3_bucket" "quoted" { bucket = "one-line" }
resource aws_s3_bucket bare {}
resource "aws_s3_bucket" /* between labels */ "commented" /* and the brace */ { # behind the brace
  bucket = "b" // behind a value
  /* before a name */ force_destroy /* before = */ = /* before a value */ true /* behind it */
}

data "aws_iam_policy_document" "nested" {
  statement {
    condition {
      test     = "StringEquals"
      variable = "aws:PrincipalOrgID"
      values   = ["o-1234567890"]
    }
    actions = ["s3:GetObject"]
  }
  statement {
  }

  dynamic "statement" {
    for_each = var.statements
    iterator = each_statement
    content {
      actions = each_statement.value
    }
  }
}

locals {
  with-dash  = 1
  _underscored = 2
  größe = 3
	tabbed	=	4
}
