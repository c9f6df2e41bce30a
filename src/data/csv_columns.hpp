// Which column of a CSV file means what, and how messages name a place in it.
#pragma once

#include <mica/data/csv_options.hpp>
#include <mica/data/csv_reader.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {

// The columns of one file. Memory: about 300 bytes.
class CsvColumns {
 public:
  static constexpr int most_ignored = 64;

  // Looks at the first line. `target_count` is how many columns the target takes.
  Status find(CsvReader& reader, const io::ByteSource& source, const CsvOptions& options, int feature_count,
              int target_count, bool has_classes);

  bool has_header() const { return has_header_; }
  char separator() const { return separator_; }
  int count() const { return count_; }
  std::int64_t first_line() const { return first_line_; }
  bool is_target(int column) const { return column >= target_ && column < target_ + target_count_; }
  bool is_feature(int column) const { return !is_target(column) && !is_ignored(column); }

 private:
  bool is_ignored(int column) const;
  Status look_up(CsvReader& reader, const io::ByteSource& source, const CsvOptions& options);
  Status find_header(CsvReader& reader, const io::ByteSource& source, const CsvOptions& options, bool has_classes);

  int ignored_[most_ignored];
  int ignored_count_ = 0, target_ = 0, target_count_ = 0, count_ = 0;
  std::int64_t first_line_ = 1;
  bool has_header_ = false;
  char separator_ = ',';
};

// Whether a field holds nothing, or the mark for it.
bool is_missing(const CsvField& field, const CsvOptions& options);

// Writes text of the user's in quotes, so that it is short and does not end a line.
constexpr int longest_shown = 24;
template <class Writer>
void write_quoted(Writer& text, const char* characters, int length) {
  int shown = length < longest_shown ? length : longest_shown;
  // Not within a character of several bytes.
  while (shown < length && shown > 0 && (static_cast<unsigned char>(characters[shown]) & 0xc0) == 0x80) --shown;
  text << '"';
  for (int i = 0; i < shown; ++i) {
    const auto c = static_cast<unsigned char>(characters[i]);
    text << (c < 0x20 || c == 0x7f ? '?' : characters[i]);
  }
  text << (shown < length ? "...\"" : "\"");
}

// Line 17, column 3 ("petal width") of iris.csv is "abc"; a number was expected.
// The field is the reader's; what it holds is lost, because the header is read again. The hint is left out if there is
// no room for it.
Status unexpected(CsvReader& reader, const io::ByteSource& source, const CsvColumns& columns, const CsvField& field,
                  const char* expected, const char* hint = "");

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
