locals {
  escapes       = "a \"quoted\" \\ \n \t \u00e9 \U0001F600"
  interpolated  = "arn:aws:s3:::${aws_s3_bucket.b.id}/*"
  only          = "${var.a}"
  nested        = "a ${var.map["key"]} b ${"inner ${var.c} text"} c"
  escaped       = "$${not} %%{not} $ % {} ${var.a}$"
  directive     = "%{ if var.a }a%{ else }b%{ endif }"
  loop          = "%{ for one in var.list ~}${one},%{ endfor ~}"
  braces        = "${jsonencode({ a = { b = "}" } })}"
  hash          = "# no // comment /* here */"
  heredoc       = <<EOT
a line with "quotes", # no comment and { braces
  ${var.a} and $${escaped}
EOT
  indented = <<-EOT
    indented
      more
    ${join(",", [for one in var.list : "${one}"])}
    EOT
  within_call = trimspace(<<-EOT
    text
  EOT
  )
  json = <<POLICY
{"Statement": [{"Effect": "Allow", "Resource": "${aws_s3_bucket.b.arn}/*"}]}
POLICY
  directives = <<EOT
%{ for one in var.list ~}
server ${one}
%{ endfor ~}
EOT
  empty = <<EOT
EOT
  in_list = [<<ONE
a
ONE
    , <<TWO
b
TWO
  ]
  last = "x"
}
