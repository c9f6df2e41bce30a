// The fields of a CSV file, whatever it holds: RFC 4180, what else is met, and bytes that are no table.
#include <cstring>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include <mica/data/csv_reader.hpp>

#include "support.hpp"

namespace {

using Lines = std::vector<std::vector<std::string>>;

// Bytes on the heap without a terminating zero; the device may fail.
class Source final : public mica::io::ByteSource {
 public:
  explicit Source(const std::string& text, std::uint64_t fails_from = ~std::uint64_t{0})
      : bytes_(text.begin(), text.end()), fails_from_(fails_from) {}
  std::uint64_t size() const override { return bytes_.size(); }
  bool read(std::uint64_t offset, void* into, std::size_t count) const override {
    if (offset + count > fails_from_) return false;
    return mica::io::MemorySource(bytes_.data(), bytes_.size()).read(offset, into, count);
  }
  const char* name() const override { return "table.csv"; }

 private:
  std::vector<char> bytes_;
  std::uint64_t fails_from_;
};

mica::Status read(const Source& source, Lines& lines, char separator = 0) {
  mica::CsvReader reader;
  if (mica::Status status = reader.open(source, separator); !status.ok()) return status;
  mica::CsvField field;
  lines.clear();
  for (;;) {
    if (mica::Status status = reader.next(field); !status.ok()) return status;
    if (field.column == 0) return {};
    if (field.column == 1) lines.emplace_back();
    lines.back().emplace_back(field.text, static_cast<std::size_t>(field.length));
    CHECK(static_cast<std::size_t>(field.column) == lines.back().size());
  }
}

Lines lines_of(const std::string& text, char separator = 0) {
  Lines lines;
  const mica::Status status = read(Source(text), lines, separator);
  CHECK_MESSAGE(status.ok(), doctest::String(status.message()));
  return lines;
}

std::string message_of(const std::string& text, char separator = 0) {
  Lines lines;
  const mica::Status status = read(Source(text), lines, separator);
  CHECK(!status.ok());
  return status.message();
}

}  // namespace

TEST_CASE("lines end in LF, CRLF or CR, the last one perhaps not at all") {
  const Lines expected{{"a", "b"}, {"1", "2"}, {"", ""}};
  CHECK(lines_of("a,b\n1,2\n,\n") == expected);
  CHECK(lines_of("a,b\r\n1,2\r\n,") == expected);
  CHECK(lines_of("a,b\r1,2\r,\r") == expected);
  CHECK(lines_of("a,b\n1,2\r\n,\r\n") == expected);
  CHECK(lines_of("") == Lines{});
  CHECK(lines_of("x") == Lines{{"x"}});
  CHECK(lines_of(",") == Lines{{"", ""}});
}

TEST_CASE("empty lines are passed over, empty fields are not") {
  CHECK(lines_of("\n\n a,b\n  \n\t\n\r\n1,\n\n\n") == Lines{{"a", "b"}, {"1", ""}});
  CHECK(lines_of("\"\"\n\n\"\"") == Lines{{""}, {""}});
  CHECK(lines_of("\n \n").empty());
}

TEST_CASE("spaces around fields do not count, those within do") {
  CHECK(lines_of("  a b ,\t c\t, d \n \"e \" , f\n", ',') == Lines{{"a b", "c", "d"}, {"e ", "f"}});
  CHECK(lines_of("a\t b \t\tc\n") == Lines{{"a", "b", "", "c"}});
  CHECK(lines_of("1 2 3", ' ') == Lines{{"1", "2", "3"}});
}

TEST_CASE("quotes hold separators, line ends and quotes") {
  CHECK(lines_of("\"a,b\",\"c\"\"d\",\"\"\"\"\n\"x\ny\",\"1\r\n2\",\"\"\n") ==
        Lines{{"a,b", "c\"d", "\""}, {"x\ny", "1\r\n2", ""}});
  // Inside of a plain field they are ordinary characters.
  CHECK(lines_of("5'10\",a\"b\"c,x\n") == Lines{{"5'10\"", "a\"b\"c", "x"}});
  // Lines are still counted.
  CHECK(message_of("\"x\ny\r\nz\rw\",1\n\"a\"b,2\n") ==
        "Line 5, column 1 of table.csv has text behind its closing quotation mark.");
  CHECK(message_of("a,b\n1,\"2\n3,4\n") ==
        "Line 2, column 2 of table.csv begins with a quotation mark that is never closed.");
  CHECK(message_of("\"") == "Line 1, column 1 of table.csv begins with a quotation mark that is never closed.");
}

TEST_CASE("the separator is found in the first line, outside of quotes, or told") {
  CHECK(lines_of("a;b\n1,5;2\n") == Lines{{"a", "b"}, {"1,5", "2"}});
  CHECK(lines_of("a\tb;c,d\n") == Lines{{"a", "b;c,d"}});
  CHECK(lines_of("\n\"x;y\",\"\t\"\"\",b\n1;2,3\n") == Lines{{"x;y", "\t\"", "b"}, {"1;2", "3"}});
  CHECK(lines_of("a|b,c\n", '|') == Lines{{"a", "b,c"}});
  CHECK(lines_of("a;b,c\n", ',') == Lines{{"a;b", "c"}});
  CHECK(lines_of("one\ntwo;three\n") == Lines{{"one"}, {"two;three"}});
}

TEST_CASE("a byte order mark is skipped") {
  CHECK(lines_of("\xef\xbb\xbf"
                 "a,b\n") == Lines{{"a", "b"}});
  CHECK(lines_of("\xef\xbb\xbf\"a,b\"\n") == Lines{{"a,b"}});
  CHECK(lines_of("\xef\xbb") == Lines{{"\xef\xbb"}});
}

TEST_CASE("long fields are cut and say so, and every length around the buffers is read right") {
  for (int length = 200; length < 800; ++length) {
    const std::string longer(static_cast<std::size_t>(length), 'x');
    for (const std::string& text : {longer + ",tail\nnext", "\"" + longer + "\",tail\nnext"}) {
      const Source source(text);
      mica::CsvReader reader;
      REQUIRE(reader.open(source).ok());
      mica::CsvField field;
      REQUIRE(reader.next(field).ok());
      CHECK(field.cut == (length > 255));
      CHECK(field.length == (length > 255 ? 255 : length));
      CHECK(!field.is(longer.c_str()) == field.cut);
      REQUIRE(reader.next(field).ok());
      CHECK((field.is("tail") && field.ends_line && field.line == 1));
      REQUIRE(reader.next(field).ok());
      CHECK((field.is("next") && field.line == 2 && field.column == 1));
      REQUIRE(reader.next(field).ok());
      CHECK(field.column == 0);
      REQUIRE(reader.next(field).ok());
      CHECK(field.column == 0);
    }
  }
}

TEST_CASE("what is no text is refused by what it is") {
  CHECK(message_of("\x1f\x8b\x08") == "table.csv is a gzip file; unpack it first.");
  CHECK(message_of("PK\3\4...") == "table.csv is a zip file, perhaps a spreadsheet; save it as CSV.");
  CHECK(message_of(std::string("\xff\xfe"
                               "a\0",
                               4)) == "table.csv is text in UTF-16; save it as UTF-8.");
  CHECK(message_of(std::string("\xfe\xff\0a", 4)) == "table.csv is text in UTF-16; save it as UTF-8.");
  CHECK(message_of(std::string("a,b\n1,2\0", 8)) ==
        "Line 2, column 2 of table.csv holds a byte 0; a CSV file is text.");
  CHECK(message_of(std::string("a,b\n1,\"2\0\"", 10)) ==
        "Line 2, column 2 of table.csv holds a byte 0; a CSV file is text.");
  CHECK(message_of(std::string("\0", 1)) == "Line 1, column 1 of table.csv holds a byte 0; a CSV file is text.");
  CHECK(message_of(std::string("a\n\0", 3)) == "Line 2, column 1 of table.csv holds a byte 0; a CSV file is text.");
}

TEST_CASE("a device that fails is reported with the place, wherever it does") {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "123,\"45\"\n";
  for (std::uint64_t at = 0; at < text.size(); at += 7) {
    Lines lines;
    const mica::Status status = read(Source(text, at), lines);
    CHECK(!status.ok());
    CHECK(std::string(status.message()).find("table.csv could not be read at byte ") == 0);
  }
  // One long first line fails while the separator is looked for.
  Lines lines;
  CHECK(!read(Source(std::string(1000, 'a'), 600), lines).ok());
}

TEST_CASE("what is written as CSV is read back, for random tables") {
  tests::Numbers numbers(1);
  const std::string characters = "ab,;\t\"\n\r 1.\xc3\xa4";
  for (int table = 0; table < 3000; ++table) {
    Lines lines;
    const int rows = 1 + numbers.below(5), columns = 1 + numbers.below(5);
    const std::string ends[] = {"\n", "\r\n", "\r"};
    const std::string end = ends[numbers.below(3)];
    const char separator = ",;\t|"[numbers.below(4)];
    std::string text;
    for (int row = 0; row < rows; ++row) {
      lines.emplace_back();
      for (int column = 0; column < columns; ++column) {
        std::string field;
        for (int i = numbers.below(6); i > 0; --i) {
          field += characters[static_cast<std::size_t>(numbers.below(static_cast<int>(characters.size())))];
        }
        lines.back().push_back(field);
        const bool plain = !field.empty() && field.find_first_of(",;\t\"\n\r |") == std::string::npos;
        if (column > 0) text += separator;
        if (plain && numbers.below(2) == 0) {
          text += (numbers.below(4) == 0 ? " " : "") + field;
          continue;
        }
        text += '"';
        for (const char c : field) text += c == '"' ? "\"\"" : std::string(1, c);
        text += '"';
      }
      if (row + 1 < rows || numbers.below(2) == 0) text += end;
    }
    CAPTURE(text);
    CHECK(lines_of(text, separator) == lines);
  }
}
