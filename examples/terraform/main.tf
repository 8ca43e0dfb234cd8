terraform {
  required_version = ">= 1.9"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  region = "eu-central-1"
}

resource "aws_s3_bucket" "labels" {
  bucket = "${local.prefix}-labels"
}

resource "aws_s3_bucket" "archive" {
  count  = var.keep_archive ? 1 : 0
  bucket = "${local.prefix}-archive"
}

resource "aws_s3_bucket_public_access_block" "labels" {
  bucket                  = aws_s3_bucket.labels.id
  block_public_acls       = true
  block_public_policy     = false
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_public_access_block" "archive" {
  count                   = var.keep_archive ? 1 : 0
  bucket                  = aws_s3_bucket.archive[0].id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}

resource "aws_s3_bucket_policy" "labels" {
  bucket = aws_s3_bucket.labels.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = aws_iam_role.sorter.arn }
      Action    = ["s3:GetObject"]
      Resource  = "${aws_s3_bucket.labels.arn}/*"
    }]
  })
}

resource "aws_kms_key" "parcels" {
  description             = "Encrypts where parcels go"
  deletion_window_in_days = 30
}

resource "aws_kms_key" "receipts" {
  description         = "Encrypts who received them"
  enable_key_rotation = true
}

resource "aws_db_instance" "routes" {
  identifier                  = "${local.prefix}-routes"
  engine                      = "postgres"
  instance_class              = "db.t4g.medium"
  allocated_storage           = 100
  username                    = "routes"
  manage_master_user_password = true
  storage_encrypted           = local.encrypt_database
  skip_final_snapshot         = false
  final_snapshot_identifier   = "${local.prefix}-routes-last"
}

resource "aws_ebs_volume" "scans" {
  count             = 2
  availability_zone = "eu-central-1a"
  size              = 500
  encrypted         = false
}

resource "aws_ebs_volume" "maps" {
  availability_zone = "eu-central-1a"
  size              = 100
  encrypted         = true
  kms_key_id        = aws_kms_key.receipts.arn
}

resource "aws_security_group" "sorter" {
  name        = "${local.prefix}-sorter"
  description = "The machines that sort parcels"
  vpc_id      = var.vpc_id
}

resource "aws_vpc_security_group_ingress_rule" "maintenance" {
  security_group_id = aws_security_group.sorter.id
  description       = "Maintenance"
  ip_protocol       = "tcp"
  from_port         = 22
  to_port           = 22
  cidr_ipv4         = var.admin_cidr
}

resource "aws_vpc_security_group_ingress_rule" "scanners" {
  security_group_id = aws_security_group.sorter.id
  description       = "Handheld scanners"
  ip_protocol       = "tcp"
  from_port         = 8443
  to_port           = 8443
  cidr_ipv4         = "10.30.0.0/16"
}

resource "aws_iam_role" "sorter" {
  name = "${local.prefix}-sorter"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ec2.amazonaws.com" }
      Action    = "sts:AssumeRole"
    }]
  })
}

resource "aws_iam_role_policy" "sorter" {
  role = aws_iam_role.sorter.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["sqs:SendMessage", "*"]
      Resource = "*"
    }]
  })
}

resource "aws_lb_listener" "tracking" {
  load_balancer_arn = aws_lb.tracking.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.tracking.arn
  }
}

resource "aws_lb_listener" "portal" {
  load_balancer_arn = aws_lb.portal.arn
  port              = 80
  protocol          = "HTTP"

  default_action {
    type = "redirect"

    redirect {
      protocol    = "HTTPS"
      port        = "443"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb" "tracking" {
  name    = "${local.prefix}-tracking"
  subnets = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
}

resource "aws_lb" "portal" {
  name    = "${local.prefix}-portal"
  subnets = ["subnet-0123456789abcdef0", "subnet-0fedcba9876543210"]
}

resource "aws_lb_target_group" "tracking" {
  name     = "${local.prefix}-tracking"
  port     = 8080
  protocol = "HTTP"
  vpc_id   = var.vpc_id
}
