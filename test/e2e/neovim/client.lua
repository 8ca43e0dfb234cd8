-- Neovim's own LSP client, without a screen. It opens a file, and prints what a user would see and get as one line of JSON.
-- usage: nvim --headless --clean -l client.lua SERVER FILE FILETYPE LINE COLUMN [TITLE]
-- SERVER is a command line in JSON; LINE and COLUMN count from zero, COLUMN in bytes, as Neovim does. TITLE begins the code action to apply.
local server, file, filetype, line, column, title = vim.json.decode(arg[1]), arg[2], arg[3], tonumber(arg[4]), tonumber(arg[5]), arg[6]
local LIMIT_MS = 45000
local seen = { messages = {} }

local function finish(problem)
  seen.problem = problem
  for _, client in ipairs(vim.lsp.get_clients()) do client.stop() end
  seen.stopped = vim.wait(10000, function() return #vim.lsp.get_clients() == 0 end, 20)
  io.stdout:write(vim.json.encode(seen) .. '\n')
  io.stdout:flush()
  os.exit(problem and 1 or 0)
end

local function wait_for(what, condition)
  if not vim.wait(LIMIT_MS, condition, 20) then finish(what .. ': it did not happen') end
end

-- What a server says through window/showMessage pops up in front of the user.
vim.lsp.handlers['window/showMessage'] = function(_, message) table.insert(seen.messages, message.message) end

vim.opt.swapfile = false
vim.cmd.edit(vim.fn.fnameescape(file))
local buffer = vim.api.nvim_get_current_buf()
vim.bo[buffer].filetype = filetype
local id = vim.lsp.start({ name = 'stackwarden', cmd = server, root_dir = vim.fs.dirname(file) })
wait_for('the server starts', function()
  local client = id and vim.lsp.get_client_by_id(id)
  return client and client.initialized
end)
local client = vim.lsp.get_client_by_id(id)
seen.encoding = client.offset_encoding

local function diagnostics()
  return vim.tbl_map(function(each)
    return { from = { each.lnum, each.col }, to = { each.end_lnum, each.end_col }, severity = vim.diagnostic.severity[each.severity], code = each.code, source = each.source, message = each.message }
  end, vim.diagnostic.get(buffer))
end

local function request(method, params)
  local answer, failure = client.request_sync(method, params, LIMIT_MS, buffer)
  if failure or answer.err then finish(method .. ': ' .. vim.inspect(failure or answer.err)) end
  return answer.result
end

wait_for('there are diagnostics', function() return #vim.diagnostic.get(buffer) > 0 end)
seen.diagnostics = diagnostics()

vim.api.nvim_win_set_cursor(0, { line + 1, column })
if client.supports_method('textDocument/hover') then
  seen.hover = request('textDocument/hover', vim.lsp.util.make_position_params(0, client.offset_encoding))
end

local params = vim.lsp.util.make_range_params(0, client.offset_encoding)
params.context = { diagnostics = vim.tbl_map(function(each) return each.user_data.lsp end, vim.diagnostic.get(buffer, { lnum = line })), triggerKind = 1 }
local actions = request('textDocument/codeAction', params) or {}
seen.actions = vim.tbl_map(function(action) return action.title end, actions)

if title then
  -- This is what vim.lsp.buf.code_action does when the user has chosen.
  local chosen = vim.iter(actions):find(function(action) return vim.startswith(action.title, title) end)
  if not chosen then finish('the code action is not offered') end
  if not chosen.edit then chosen = request('codeAction/resolve', chosen) end
  local before = #vim.diagnostic.get(buffer)
  vim.lsp.util.apply_workspace_edit(chosen.edit, client.offset_encoding)
  wait_for('the diagnostics follow the edit', function() return #vim.diagnostic.get(buffer) ~= before end)
  vim.cmd.write({ mods = { silent = true } })
  seen.after = diagnostics()
end
finish()
