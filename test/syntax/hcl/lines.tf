resource "a" "b" {
  # A file with line ends of two characters.
  x = 1
  y = <<EOT
text
EOT
  z = [
    1,
  ]
}
