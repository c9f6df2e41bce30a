#pragma once

#include <cstdint>

#include <mica/io/source_bytes.hpp>
#include <mica/namespace.hpp>
#include <mica/status.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// CsvField: what stands between two separators. Lines and columns count from 1; a column of 0 means that there are no
// more fields. The text is the reader's and lasts until it goes on. Memory: 32 bytes.
struct CsvField {
  const char* text = "";
  int length = 0;
  bool cut = false;  // longer than the reader keeps
  bool ends_line = false;
  int column = 0;
  std::int64_t line = 0;

  bool is(const char* word) const;
};

// CsvReader: goes through a CSV file field by field, in one pass and with a small buffer, whatever the file's size.
// It reads RFC 4180 and what programs write beside it: lines end in LF, CRLF or CR; a field may stand in double quotes
// and then hold separators, line ends and, doubled, quotes; spaces around a field do not count; empty lines are passed
// over; a byte order mark is skipped. Quotes inside of a field that does not begin with one are ordinary characters.
// The separator is a comma, a semicolon or a tab, or any other character that is told. If none is told, it is the first
// of tab, semicolon and comma that stands in the first line outside of quotes.
// Memory: 570 bytes. Limits: 255 bytes of a field are kept, the rest is passed over; any number of fields and lines.
// Errors: a byte 0, quotes that are never closed, text behind closing quotes, a file that is gzip, zip or UTF-16, a
// failing device.
class CsvReader {
 public:
  static constexpr int longest_field = 255;

  // The source must outlive the reader. A separator of 0 is looked for.
  Status open(const io::ByteSource& source, char separator = 0);
  Status next(CsvField& field);

  char separator() const { return separator_; }

 private:
  using Bytes = io::SourceBytes<256>;
  static constexpr int end = Bytes::end;

  Status check_kind();
  Status find_separator();
  void rewind();
  int peek() { return zero_ ? end : bytes_.peek(); }
  int take();
  bool is_blank(int c) const { return (c == ' ' || c == '\t') && c != separator_; }
  void pass_blanks();
  void pass_line_end();
  void keep(int c);
  Status read_quoted(const CsvField& field);
  void read_plain();
  Status refused(const CsvField& field, const char* what) const;

  const io::ByteSource* source_ = nullptr;
  std::uint64_t begin_ = 0;  // behind a byte order mark
  std::int64_t line_ = 1;
  int column_ = 0;  // of the field before; 0 at the beginning of a line
  int length_ = 0;  // of the field, also of what is not kept
  bool zero_ = false;
  char separator_ = ',';
  Bytes bytes_;
  char field_[longest_field];
};

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
