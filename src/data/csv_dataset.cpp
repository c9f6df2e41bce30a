#include <mica/data/csv_dataset.hpp>

#include <cstddef>
#include <cstring>

#include <mica/data/csv_reader.hpp>
#include <mica/data/parse_number.hpp>

#include "csv_columns.hpp"
#include "source_name.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace {

// Reads one file into the user's arrays. Memory: about 950 bytes.
class Loading {
 public:
  Loading(const io::ByteSource& source, const CsvOptions& options, const CsvRoom& room)
      : source_(source), options_(options), room_(room), has_classes_(room.target_count == 0) {}

  Status run(int& rows) {
    rows = 0;
    const int target_columns = has_classes_ ? 1 : room_.target_count;
    if (Status status = columns_.find(reader_, source_, options_, room_.feature_count, target_columns, has_classes_);
        !status.ok()) {
      return status;
    }
    if (Status status = reader_.open(source_, columns_.separator()); !status.ok()) return status;
    CsvField field;
    for (bool in_header = columns_.has_header(); in_header; in_header = !field.ends_line) {
      if (Status status = reader_.next(field); !status.ok()) return status;
    }
    int row = 0;
    for (;; ++row) {
      if (Status status = reader_.next(field); !status.ok()) return status;
      if (field.column == 0) break;
      if (row == room_.samples) return too_many();
      if (Status status = read_row(row, field); !status.ok()) return status;
    }
    if (row == 0) {
      Status::Message text;
      return Status::error(text << source_ << " holds no samples, only a header.");
    }
    rows = row;
    return {};
  }

 private:
  // The line whose first field is `field`.
  Status read_row(int row, CsvField& field) {
    float* feature = room_.features + static_cast<std::ptrdiff_t>(row) * room_.feature_count;
    float* target = room_.targets + static_cast<std::ptrdiff_t>(row) * room_.target_count;
    for (;;) {
      Status status;
      if (field.column > columns_.count()) {
        // Only counted.
      } else if (columns_.is_feature(field.column)) {
        status = read_number(field, *feature++);
      } else if (columns_.is_target(field.column)) {
        status = has_classes_ ? read_class(field, room_.labels[row]) : read_number(field, *target++);
      }
      if (!status.ok()) return status;
      if (field.ends_line) break;
      if (status = reader_.next(field); !status.ok()) return status;
    }
    if (field.column == columns_.count()) return {};
    Status::Message text;
    text << "Line " << static_cast<long long>(field.line) << " of " << source_ << " has " << field.column
         << (field.column == 1 ? " column" : " columns") << ", but line "
         << static_cast<long long>(columns_.first_line()) << " has " << columns_.count() << '.';
    return Status::error(text);
  }

  Status read_number(const CsvField& field, float& value) {
    if (is_missing(field, options_)) {
      value = options_.missing_value;
      return options_.replace_missing ? Status() : unexpected(field, "a number was expected");
    }
    const ParsedNumber parsed = parse_number(field.text, field.length, options_.decimal_point);
    value = parsed.value;
    if (field.cut || parsed.result == ParsedNumber::no_number) {
      const bool comma =
          options_.decimal_point == '.' && parse_number(field.text, field.length, ',').result == ParsedNumber::number;
      return unexpected(field, comma ? "a decimal point was expected" : "a number was expected");
    }
    if (parsed.result == ParsedNumber::too_large) return unexpected(field, "the most is 3.4028235e38");
    return {};
  }

  Status read_class(const CsvField& field, std::uint8_t& label) {
    const CsvList<const char*>& names = options_.classes;
    for (int i = 0; i < names.size && i < 256; ++i) {
      if (!field.is(names.items[i])) continue;
      label = static_cast<std::uint8_t>(i);
      return {};
    }
    if (names.size > 0) {
      Text<40> hint;
      write_quoted(hint << ", such as ", names.items[0], static_cast<int>(std::strlen(names.items[0])));
      return unexpected(field, "the name of a class was expected", hint.c_str());
    }
    const ParsedNumber parsed = parse_number(field.text, field.length, options_.decimal_point);
    const float number = parsed.value - static_cast<float>(options_.first_class);
    if (!field.cut && parsed.result == ParsedNumber::number && number >= 0 && number < 256 &&
        number == static_cast<float>(static_cast<int>(number))) {
      label = static_cast<std::uint8_t>(number);
      return {};
    }
    Text<56> expected;
    expected << "a class from " << options_.first_class << " to " << static_cast<long long>(options_.first_class) + 255
             << " was expected";
    return unexpected(field, expected.c_str());
  }

  Status unexpected(const CsvField& field, const char* expected, const char* hint = "") {
    return mica::unexpected(reader_, source_, columns_, field, expected, hint);
  }
  Status too_many() const {
    Status::Message text;
    return Status::error(text << source_ << " holds more than " << room_.samples
                              << " samples; there is no room for more.");
  }

  const io::ByteSource& source_;
  const CsvOptions& options_;
  const CsvRoom& room_;
  CsvReader reader_;
  CsvColumns columns_;
  bool has_classes_;
};

}  // namespace

Status load_csv(const io::ByteSource& source, const CsvOptions& options, const CsvRoom& room, int& rows) {
  return Loading(source, options, room).run(rows);
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
