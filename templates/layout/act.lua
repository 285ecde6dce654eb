-- What pandoc is told of an act's Markdown: named blocks and words keep their style in every format, headings are
-- numbered as French acts number them (I, A, 1), and paragraphs marked (@) as 1., 2., 3. throughout. The table of
-- contents stands where the text has a block `contents`, else before all.
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

local function escaped(text)
  return (text:gsub("[&<>\"]", { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }))
end

-- The headings from `first` on that are deeper than `above`, as a list of links; and the heading that follows them.
local function listed(headings, first, above)
  local items, at = pandoc.List(), first
  while headings[at] and headings[at].level > above do
    local heading = headings[at]
    local link = pandoc.Link(pandoc.Str(pandoc.utils.stringify(heading.content)), "#" .. heading.identifier)
    local deeper, after = listed(headings, at + 1, heading.level)
    items:insert(#deeper > 0 and { pandoc.Plain(link), pandoc.BulletList(deeper) } or { pandoc.Plain(link) })
    at = after
  end
  return items, at
end

local function contents_of(document, title)
  if FORMAT == "typst" then
    local shown = pandoc.write(pandoc.Pandoc({ pandoc.Plain(title) }), "typst"):gsub("%s+$", "")
    return { pandoc.RawBlock("typst", "#outline(title: [" .. shown .. "], depth: 3, indent: 1em)\n#v(1em)") }
  elseif FORMAT == "docx" then  -- vismajor.drafting.word_file fills it
    return { pandoc.RawBlock("openxml", '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents" />' ..
      '<w:docPartUnique /></w:docPartObj></w:sdtPr><w:sdtContent><w:p><w:pPr><w:pStyle w:val="TOCHeading" /></w:pPr>' ..
      '<w:r><w:t xml:space="preserve">' .. escaped(pandoc.utils.stringify(title)) .. '</w:t></w:r></w:p><w:p><w:r>' ..
      '<w:fldChar w:fldCharType="begin" w:dirty="true" /><w:instrText xml:space="preserve">TOC \\o &quot;1-3&quot; ' ..
      '\\h \\z \\u</w:instrText><w:fldChar w:fldCharType="separate" /><w:fldChar w:fldCharType="end" /></w:r></w:p>' ..
      '</w:sdtContent></w:sdt>') }
  end
  local headings = pandoc.List()
  document:walk({ Header = function(heading) if heading.level <= 3 then headings:insert(heading) end end })
  local items = listed(headings, 1, 0)
  return { pandoc.RawBlock("html", '<nav aria-label="' .. escaped(pandoc.utils.stringify(title)) .. '">'),
    pandoc.Para(pandoc.Strong(title)), pandoc.BulletList(items), pandoc.RawBlock("html", "</nav>") }
end

function Pandoc(document)
  local title = document.meta.contents
  if not title then return nil end
  local made, placed = contents_of(document, title), false
  document = document:walk({ Div = function(block)
    if block.classes:includes("contents") then
      placed = true
      return made
    end
  end })
  if not placed then document.blocks = pandoc.Blocks(made) .. document.blocks end
  return document
end
