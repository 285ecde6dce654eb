-- What pandoc is told of an act's Markdown: named blocks and words keep their style in every format, headings are
-- numbered as French acts number them (I, A, 1), and paragraphs marked (@) as 1., 2., 3. throughout.
local BLOCKS = { sender = "Sender", addressee = "Addressee", place = "Place", subject = "Subject", title = "Title",
  subtitle = "Subtitle", parties = "Parties", signature = "Signature", box = "Box", small = "Small", mark = "Mark",
  dispositif = "Dispositif" }
local WORDS = { blank = "Blank", verify = "Verify" }
local ROMAN = { "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV" }
local counts = { 0, 0, 0 }

local function styled(element, names, raw, open, close)
  local style = element.classes[1] and names[element.classes[1]]
  if not style then return nil end
  if FORMAT == "docx" then
    element.attributes["custom-style"] = style
    return element
  elseif FORMAT == "typst" then
    local parts = pandoc.List({ raw("typst", open:format(element.classes[1])) })
    parts:extend(element.content)
    parts:insert(raw("typst", close))
    return parts
  end
end

function Div(element)
  if element.classes:includes("pagebreak") and FORMAT == "docx" then
    return pandoc.RawBlock("openxml", '<w:p><w:r><w:br w:type="page"/></w:r></w:p>')
  elseif element.classes:includes("pagebreak") and FORMAT == "typst" then
    return pandoc.RawBlock("typst", "#pagebreak(weak: true)")
  end
  return styled(element, BLOCKS, pandoc.RawBlock, "#act-%s[", "]")
end

function Span(element)
  return styled(element, WORDS, pandoc.RawInline, "#act-%s[", "]")
end

function Header(element)
  if element.level > 3 or element.classes:includes("unnumbered") then return nil end
  counts[element.level] = counts[element.level] + 1
  for deeper = element.level + 1, 3 do counts[deeper] = 0 end
  local number = counts[element.level]
  local shown = ({ ROMAN[number] or tostring(number), string.char(64 + (number - 1) % 26 + 1), tostring(number) })[element.level]
  element.content:insert(1, pandoc.Str(shown .. ".\u{a0}"))
  return element
end

function OrderedList(element)
  if element.listAttributes.style == "Example" then
    element.listAttributes.style = "Decimal"
    element.listAttributes.delimiter = "Period"
    return element
  end
end
