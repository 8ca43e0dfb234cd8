locals {
  numbers    = [0, -1, 1.5, 2.5e10, 3.5E-3]
  keywords   = [true, false, null]
  operators  = !var.a && -var.b + 1 >= 2 * 3 % 4 - 5 / 6 || var.c != var.d
  condition  = var.a ? "yes" : "no"
  parentheses = (
    var.a
    ? "yes" # a comment within
    : "no"
  )
  call = merge(
    var.tags,
    { a = "b" },
  )
  expanded  = concat(var.lists...)
  scoped    = provider::aws::arn_parse(var.arn)
  index     = var.list[0].name["key"].0
  splat     = aws_instance.a[*].id
  attribute_splat = aws_instance.a.*.id
  tuple_for = [for one in var.list : upper(one) if one != ""]
  object_for = { for key, one in var.map : key => one... }
  on_lines = [
    for one in var.list :
    one
  ]
  object = {
    a = 1, b : 2
    "c d" = 3
    (var.key) = 4
  }
  colons = { a : 1, "b" : { c : [] } }
  lines = {
    a = 1 # a comment
    b = 2, // another
    /* before */ c = 3
  }
  trailing = [
    1,
    2, # the last
  ]
  empty = [{}, [], ""]
  empty_lines = {

  }
  divided = 10 / 2
  less = 1 < 2
  nested = { a = { b = [{ c = "d" }, { e = [1, [2, [3]]] }] } }
  after_collection = [1, 2][0]
}
