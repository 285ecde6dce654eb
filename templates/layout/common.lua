-- What holds for every document: no picture but our own charts (nothing is read from a disk or a network, whatever a
-- template says), and header cells of tables that say which column they head.
local function quoted(text)
  return '"' .. text:gsub('[\\"]', "\\%0") .. '"'
end

-- pandoc leaves out the alternative text of a picture when it writes typst.
local function described(image)
  local width = image.attributes.width and ", width: " .. image.attributes.width or ""
  local text = image.attributes.alt or pandoc.utils.stringify(image.caption)
  return pandoc.RawInline("typst", "#image(" .. quoted(image.src) .. width .. ", alt: " .. quoted(text) .. ")")
end

function Pandoc(document)
  local ours = {}
  for _, name in ipairs(document.meta.charts or {}) do ours[pandoc.utils.stringify(name)] = true end
  document.meta.charts = nil
  return document:walk({
    Image = function(image)
      if FORMAT == "typst" and ours[image.src] then return described(image) end
      if ours[image.src] or image.src:match("^data:image/") then return nil end
      return image.caption
    end,
    Figure = function(figure)
      local pictures = 0
      figure:walk({
        Image = function() pictures = pictures + 1 end,
        RawInline = function(raw) if raw.text:match("^#image") then pictures = pictures + 1 end end,
      })
      if pictures == 0 then return figure.caption.long end
    end,
    Table = function(table)
      if not FORMAT:match("html") then return nil end
      for _, row in ipairs(table.head.rows) do
        for _, cell in ipairs(row.cells) do cell.attributes.scope = "col" end
      end
      return table
    end,
  })
end
