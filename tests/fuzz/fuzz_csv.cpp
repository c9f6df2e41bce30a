// Whatever bytes a CSV file holds, reading it ends in a Status: nothing is read or written outside, every refusal is
// one whole sentence, and every number is the one that strtof finds.
#include <cfloat>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include <mica/data/csv_dataset.hpp>
#include <mica/data/csv_reader.hpp>
#include <mica/data/parse_number.hpp>

#include "tests/fuzz/require.hpp"

namespace {

using fuzz::require;
using fuzz::require_sentence;

void compare_number(const mica::CsvField& field) {
  if (field.cut) return;
  // On the heap without a terminating zero, so that the sanitizer sees a character too many.
  const auto length = static_cast<std::size_t>(field.length);
  auto* const text = static_cast<char*>(std::malloc(length + (length == 0 ? 1 : 0)));
  std::memcpy(text, field.text, length);
  const mica::ParsedNumber parsed = mica::parse_number(text, field.length);
  std::free(text);

  char ended[mica::CsvReader::longest_field + 1] = {};
  std::memcpy(ended, field.text, length);
  char* behind = nullptr;
  const float expected = std::strtof(ended, &behind);
  if (parsed.result == mica::ParsedNumber::number) {
    require(behind == ended + length && std::memcmp(&parsed.value, &expected, sizeof expected) == 0);
  } else if (parsed.result == mica::ParsedNumber::too_large) {
    require(behind == ended + length && std::fabs(expected) > FLT_MAX);
  }
}

void read_fields(const mica::io::ByteSource& source, char separator) {
  mica::CsvReader reader;
  mica::Status status = reader.open(source, separator);
  std::uint64_t bytes = 0;
  for (int last = 0; status.ok();) {
    mica::CsvField field;
    status = reader.next(field);
    if (!status.ok() || field.column == 0) break;
    require(field.length >= 0 && field.length <= mica::CsvReader::longest_field);
    require(field.column == last + 1);
    last = field.ends_line ? 0 : field.column;
    bytes += static_cast<std::uint64_t>(field.length);
    compare_number(field);
  }
  require(bytes <= source.size());
  if (!status.ok()) require_sentence(status);
}

template <class Data, class Target>
void read_dataset(const mica::io::ByteSource& source, const mica::CsvOptions& options, Target target) {
  static Data data;
  const mica::Status status = data.load(source, options);
  require(status.ok() == (data.size() > 0));
  if (!status.ok()) require_sentence(status);
  for (int index = 0; index < data.size(); ++index) {
    float sample[Data::Sample::size];
    require(data.read(index, sample, target(index)).ok());
    for (const float x : sample) require(std::fabs(x) <= FLT_MAX);
  }
}

}  // namespace

// The first byte chooses the options; the rest is the file.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const unsigned choice = bytes[0];
  const std::size_t count = size - 1;
  auto* const copy = static_cast<std::uint8_t*>(std::malloc(count + (count == 0 ? 1 : 0)));
  std::memcpy(copy, bytes + 1, count);
  // The longest name that messages show in full.
  const mica::io::MemorySource source(copy, count,
                                      "/a/path/that/is/as/long/as/messages/show/it/before/they/shorten/it/table.csv");

  static constexpr const char* names[] = {"red", "a rather long name of a class that must be shortened", "0"};
  static constexpr mica::CsvColumn ignored[] = {"id", 2}, by_number[] = {1};
  mica::CsvOptions options;
  const char separators[] = {0, ',', ';', '\t'};
  options.separator = separators[choice % 4];
  options.decimal_point = choice & 4 ? ',' : '.';
  options.replace_missing = (choice & 8) != 0;
  if (choice & 16) options.classes = names;
  if (choice & 32) options.ignored = by_number;
  if ((choice & 96) == 96) options.ignored = ignored;
  options.header = static_cast<mica::CsvHeader>(choice % 3);
  if (choice & 128) options.target = "kind";

  read_fields(source, options.separator);
  std::uint8_t label = 0;
  float targets[2];
  read_dataset<mica::CsvDataset<mica::Shape<2>, 5>>(source, options, [&](int) -> std::uint8_t& { return label; });
  read_dataset<mica::CsvDataset<mica::Shape<1>, 3, 2>>(source, options, [&](int) { return targets; });
  std::free(copy);
  return 0;
}
