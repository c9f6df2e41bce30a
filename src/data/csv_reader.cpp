#include <mica/data/csv_reader.hpp>

#include <cstring>

#include "source_name.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace {

bool ends_line(int c) { return c == '\n' || c == '\r'; }

}  // namespace

bool CsvField::is(const char* word) const {
  return !cut && std::strlen(word) == static_cast<std::size_t>(length) &&
         std::memcmp(text, word, static_cast<std::size_t>(length)) == 0;
}

Status CsvReader::open(const io::ByteSource& source, char separator) {
  source_ = &source;
  begin_ = 0;
  if (Status status = check_kind(); !status.ok()) return status;
  separator_ = separator;
  if (separator == 0) {
    if (Status status = find_separator(); !status.ok()) return status;
  }
  rewind();
  return {};
}

void CsvReader::rewind() {
  bytes_ = Bytes(*source_, begin_);
  line_ = 1;
  column_ = length_ = 0;
  zero_ = false;
}

// What is no text is refused by what it is.
Status CsvReader::check_kind() {
  unsigned char head[4] = {};
  const std::uint64_t size = source_->size();
  const std::size_t count = size < sizeof head ? static_cast<std::size_t>(size) : sizeof head;
  Status::Message text;
  text << *source_;
  if (!source_->read(0, head, count)) return Status::error(text << " could not be read at byte 0.");
  const int first_two = head[0] << 8 | head[1];
  const char* what = nullptr;
  if (first_two == 0x1f8b) what = "a gzip file; unpack it first.";
  if (std::memcmp(head, "PK\3\4", 4) == 0) what = "a zip file, perhaps a spreadsheet; save it as CSV.";
  if (first_two == 0xfffe || first_two == 0xfeff) what = "text in UTF-16; save it as UTF-8.";
  if (what != nullptr) return Status::error(text << " is " << what);
  if (std::memcmp(head, "\xef\xbb\xbf", 3) == 0) begin_ = 3;
  return {};
}

Status CsvReader::find_separator() {
  constexpr char candidates[] = {'\t', ';', ','};
  bool found[3] = {};
  rewind();
  while (ends_line(peek()) || peek() == ' ') take();
  // Quotes count only where a field begins.
  bool begins = true, inside = false;
  for (int c = take(); c != end && (inside || !ends_line(c)); c = take()) {
    if (inside) {
      inside = c != '"' || peek() == '"';
      if (c == '"' && inside) take();
      continue;
    }
    inside = begins && c == '"';
    begins = begins && c == ' ';
    for (int i = 0; i < 3; ++i) {
      if (c != candidates[i]) continue;
      found[i] = begins = true;
    }
  }
  separator_ = found[0] ? '\t' : found[1] ? ';' : ',';
  return bytes_.failed() ? unreadable(*source_, bytes_.position()) : Status();
}

// Nothing is read beyond a byte 0.
int CsvReader::take() {
  const int c = peek();
  if (c == end) return end;
  bytes_.take();
  zero_ = c == 0;
  return zero_ ? end : c;
}

void CsvReader::pass_blanks() {
  while (is_blank(peek())) take();
}

// LF, CRLF or CR.
void CsvReader::pass_line_end() {
  if (take() == '\r' && peek() == '\n') take();
  ++line_;
}

void CsvReader::keep(int c) {
  if (length_ < longest_field) field_[length_] = static_cast<char>(c);
  // Counted no further than to tell that it is too long.
  if (length_ <= longest_field) ++length_;
}

Status CsvReader::refused(const CsvField& field, const char* what) const {
  Status::Message text;
  text << "Line " << static_cast<long long>(field.line) << ", column " << field.column << " of " << *source_ << what;
  return Status::error(text);
}

// Behind the opening quote, up to what follows the closing one.
Status CsvReader::read_quoted(const CsvField& field) {
  for (;;) {
    const int c = peek();
    if (c == end || c == 0) {
      take();
      return bytes_.failed() || zero_ ? Status()
                                      : refused(field, " begins with a quotation mark that is never closed.");
    }
    if (ends_line(c)) {
      // As it stands in the file, but counted.
      keep(c);
      take();
      if (c == '\r' && peek() == '\n') keep(take());
      ++line_;
      continue;
    }
    take();
    if (c == '"') {
      if (peek() != '"') break;
      take();
    }
    keep(c);
  }
  pass_blanks();
  const int c = peek();
  if (c == end || c == 0 || ends_line(c) || c == static_cast<unsigned char>(separator_)) return {};
  return refused(field, " has text behind its closing quotation mark.");
}

void CsvReader::read_plain() {
  int last = 0;
  for (int c = peek(); c != end && c != 0 && !ends_line(c) && c != static_cast<unsigned char>(separator_); c = peek()) {
    keep(take());
    if (!is_blank(c)) last = length_;
  }
  length_ = last;
}

Status CsvReader::next(CsvField& field) {
  field = {};
  if (column_ == 0) {
    pass_blanks();
    while (ends_line(peek())) {
      pass_line_end();
      pass_blanks();
    }
  }
  pass_blanks();
  Status status;
  length_ = 0;
  field.line = line_;
  field.column = column_ + 1;
  // At the very end there is a field only behind a separator.
  const bool none = column_ == 0 && peek() == end;
  if (!none && peek() == '"') {
    take();
    status = read_quoted(field);
  } else if (!none) {
    read_plain();
  }
  if (!status.ok()) return status;

  // What comes next: a separator, the end of the line, or that of the file.
  const int c = peek();
  if (c == 0) take();
  if (zero_) return refused(field, " holds a byte 0; a CSV file is text.");
  if (bytes_.failed()) return unreadable(*source_, bytes_.position());
  if (none) {
    field = {};
    return {};
  }
  field.text = field_;
  field.cut = length_ > longest_field;
  field.length = field.cut ? longest_field : length_;
  field.ends_line = c == end || ends_line(c);
  if (!field.ends_line && field.column == INT32_MAX) return refused(field, " is the last that can be counted.");
  column_ = field.ends_line ? 0 : field.column;
  if (c == end) return {};
  if (field.ends_line) {
    pass_line_end();
  } else {
    take();
  }
  return {};
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
