#include <algorithm>

#include <mica/data/csv_reader.hpp>
#include <mica/data/parse_number.hpp>
#include <mica/io/file.hpp>

#include "../models/refusal.hpp"
#include "convert.hpp"

namespace mica::command {
namespace {

struct Cell {
  std::string text;
  ParsedNumber number;
};
using Row = std::vector<Cell>;

// The next line; false at the end of the file.
bool read_row(CsvReader& reader, Row& row, std::int64_t& line) {
  row.clear();
  CsvField field;
  do {
    models::check(reader.next(field));
    if (field.column == 0) return false;
    line = field.line;
    row.push_back({std::string(field.text, static_cast<std::size_t>(field.length)),
                   parse_number(field.text, field.cut ? 0 : field.length)});
  } while (!field.ends_line);
  return true;
}

// Counted from 0; the last column if none is named.
std::size_t target_column(const Row& first, const ConvertOptions& options) {
  if (options.target.empty()) return first.size() - 1;
  for (std::size_t column = 0; column < first.size(); ++column) {
    if (first[column].text == options.target) return column;
  }
  models::refuse("There is no column \"" + options.target + "\" in the first line of " + options.input + ".");
}

}  // namespace

ConvertedData read_table(const ConvertOptions& options) {
  io::FileSource file;
  models::check(file.open(options.input.c_str()));
  CsvReader reader;
  models::check(reader.open(file));
  ConvertedData data;
  data.by_column = true;
  Row row;
  std::int64_t line = 0;
  if (!read_row(reader, row, line)) models::refuse(options.input + " holds no lines.");
  const std::size_t columns = row.size(), target = target_column(row, options);
  if (columns < 2) models::refuse(options.input + " has one column; numbers and a class were expected.");
  // A header has no number outside of the target.
  bool is_header = true;
  for (std::size_t i = 0; i < columns; ++i)
    is_header = is_header && (i == target || row[i].number.result == ParsedNumber::no_number);
  if (is_header && !read_row(reader, row, line)) models::refuse(options.input + " holds nothing but a header.");

  std::vector<LabelledFile> names;  // for their classes
  do {
    const auto place = [&](std::size_t column) {
      return "Line " + std::to_string(line) + (column < columns ? ", column " + std::to_string(column + 1) : "") +
             " of " + options.input;
    };
    if (row.size() != columns) {
      models::refuse(place(columns) + " has " + std::to_string(row.size()) + " columns; " + std::to_string(columns) +
                     " were expected.");
    }
    for (std::size_t i = 0; i < columns; ++i) {
      if (i == target) continue;
      if (row[i].number.result != ParsedNumber::number) {
        models::refuse(place(i) + " is \"" + row[i].text.substr(0, 40) + "\"; a number was expected.");
      }
      data.numbers.push_back(row[i].number.value);
    }
    if (row[target].text.empty()) models::refuse(place(target) + " is empty; a class was expected.");
    names.push_back({"", row[target].text});
  } while (read_row(reader, row, line));

  data.shape = {static_cast<int>(columns - 1)};
  data.classes = classes_of(names);
  for (const LabelledFile& name : names) {
    const auto found = std::find(data.classes.begin(), data.classes.end(), name.class_name);
    data.labels.push_back(static_cast<int>(found - data.classes.begin()));
  }
  return data;
}

}  // namespace mica::command
