#include "csv_columns.hpp"

#include <cstring>

#include <mica/data/parse_number.hpp>

#include "source_name.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace {

bool is_number(const CsvField& field, const CsvOptions& options) {
  return !field.cut && parse_number(field.text, field.length, options.decimal_point).result != ParsedNumber::no_number;
}

}  // namespace

bool is_missing(const CsvField& field, const CsvOptions& options) {
  return field.length == 0 || (options.missing_mark != nullptr && field.is(options.missing_mark));
}

Status unexpected(CsvReader& reader, const io::ByteSource& source, const CsvColumns& columns, const CsvField& field,
                  const char* expected, const char* hint) {
  // First what was found, as long as the reader has it.
  Text<48> found;
  if (field.cut) {
    found << " has more than " << CsvReader::longest_field << " characters; ";
  } else if (field.length == 0) {
    found << " is empty; ";
  } else {
    write_quoted(found << " is ", field.text, field.length);
    found << "; ";
  }
  Status::Message text;
  text << "Line " << static_cast<long long>(field.line) << ", column " << field.column;
  CsvField name;
  bool named = columns.has_header() && reader.open(source, columns.separator()).ok();
  while (named && name.column < field.column) {
    named = reader.next(name).ok() && name.column != 0 && (!name.ends_line || name.column == field.column);
  }
  if (named && name.length > 0) write_quoted(text << " (", name.text, name.length), text << ')';
  text << " of " << source << found.c_str() << expected;
  if (text.size() + std::strlen(hint) < Status::Message::longest) text << hint;
  return Status::error(text << '.');
}

bool CsvColumns::is_ignored(int column) const {
  for (int i = 0; i < ignored_count_; ++i) {
    if (ignored_[i] == column) return true;
  }
  return false;
}

Status CsvColumns::find(CsvReader& reader, const io::ByteSource& source, const CsvOptions& options, int feature_count,
                        int target_count, bool has_classes) {
  target_count_ = target_count;
  if (options.ignored.size > most_ignored) {
    Status::Message text;
    return Status::error(text << options.ignored.size << " columns are to be ignored; the most is " << most_ignored
                              << '.');
  }
  if (Status status = look_up(reader, source, options); !status.ok()) return status;
  int features = 0;
  for (int column = 1; column <= count_; ++column) features += is_feature(column) ? 1 : 0;
  // Both sums are right only if nothing is meant twice or lies outside.
  if (features != feature_count || features + target_count_ + ignored_count_ != count_) {
    Status::Message text;
    text << "Line " << static_cast<long long>(first_line_) << " of " << source << " has " << count_ << " columns; ";
    text << feature_count << " numbers, " << target_count_ << (has_classes ? " class and " : " targets and ");
    return Status::error(text << ignored_count_ << " ignored columns were expected.");
  }
  return find_header(reader, source, options, has_classes);
}

// Counts the columns and turns names into numbers.
Status CsvColumns::look_up(CsvReader& reader, const io::ByteSource& source, const CsvOptions& options) {
  ignored_count_ = options.ignored.size;
  for (int i = 0; i < ignored_count_; ++i) ignored_[i] = options.ignored.items[i].number;
  target_ = options.target.number;

  if (Status status = reader.open(source, options.separator); !status.ok()) return status;
  separator_ = reader.separator();
  CsvField field;
  do {
    if (Status status = reader.next(field); !status.ok()) return status;
    if (field.column == 0) {
      Status::Message text;
      return Status::error(text << source << " holds no lines.");
    }
    if (field.column == 1) first_line_ = field.line;
    count_ = field.column;
    const auto named = [&field](const CsvColumn& column, int number) {
      return column.name != nullptr && number == 0 && field.is(column.name);
    };
    if (named(options.target, target_)) target_ = field.column;
    for (int i = 0; i < ignored_count_; ++i) {
      if (named(options.ignored.items[i], ignored_[i])) ignored_[i] = field.column;
    }
  } while (!field.ends_line);

  const char* missing = options.target.name != nullptr && target_ == 0 ? options.target.name : nullptr;
  for (int i = 0; i < ignored_count_; ++i) {
    if (ignored_[i] == 0) missing = options.ignored.items[i].name;
  }
  if (missing != nullptr) {
    Status::Message text;
    text << "There is no column ";
    write_quoted(text, missing, static_cast<int>(std::strlen(missing)));
    return Status::error(text << " in line " << static_cast<long long>(first_line_) << " of " << source << '.');
  }
  if (target_ == 0) target_ = count_ - target_count_ + 1;
  return {};
}

Status CsvColumns::find_header(CsvReader& reader, const io::ByteSource& source, const CsvOptions& options,
                               bool has_classes) {
  bool names = options.target.name != nullptr;
  for (int i = 0; i < options.ignored.size; ++i) names = names || options.ignored.items[i].name != nullptr;
  has_header_ = names || options.header == CsvHeader::present;
  if (has_header_ || options.header == CsvHeader::absent) return {};

  // It is one if where numbers belong there are words, and no number.
  CsvField field;
  if (Status status = reader.open(source, separator_); !status.ok()) return status;
  bool words = false, numbers = false;
  do {
    if (Status status = reader.next(field); !status.ok()) return status;
    if (!is_feature(field.column) && (has_classes || !is_target(field.column))) continue;
    const bool number = is_number(field, options);
    numbers = numbers || number;
    words = words || (!number && !is_missing(field, options));
  } while (!field.ends_line);
  has_header_ = words && !numbers;
  return {};
}

}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
