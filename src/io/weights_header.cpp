#include <mica/io/weights_header.hpp>

#include <cstring>

#include "short_name.hpp"

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {
namespace {

bool is_identifier(const char* name) {
  for (const char* c = name; *c != '\0'; ++c) {
    const bool letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z') || *c == '_';
    if (!letter && (c == name || *c < '0' || *c > '9')) return false;
  }
  return *name != '\0';
}

// An all-ones exponent is an infinity or no number; neither has a literal.
int first_not_finite(const float* numbers, int count) {
  for (int i = 0; i < count; ++i) {
    std::uint32_t bits;
    std::memcpy(&bits, numbers + i, sizeof bits);
    if ((bits >> 23 & 0xff) == 0xff) return i;
  }
  return count;
}

Status check_finite(const float* numbers, int count, const char* kind) {
  const int i = first_not_finite(numbers, count);
  if (i == count) return {};
  Status::Message text;
  return Status::error(text << "The model's " << kind << ' ' << i << " of " << count
                            << " (counted from 0) is infinite or not a number, which no C++ header can hold.");
}

Status finish(SourceWriter& writer) {
  if (writer.flush()) return {};
  Status::Message text;
  write_name(text, writer.sink().name()) << " could not be written at byte "
                                         << static_cast<unsigned long long>(writer.written()) << ": "
                                         << writer.sink().failure() << '.';
  return Status::error(text);
}

}  // namespace

Status begin_weights_header(const WeightsHeader& header, SourceWriter& writer) {
  if (!is_identifier(header.name)) {
    Status::Message text;
    text << "The network is to be called \"";
    return Status::error(write_name(text, header.name)
                         << "\", but a name in C++ is letters, digits and underscores, and begins with no digit.");
  }
  Status status = check_finite(header.parameters, header.parameter_count, "parameter");
  if (status.ok()) status = check_finite(header.statistics, header.statistic_count, "statistic");
  if (!status.ok()) return status;
  writer << "// A trained network, written by mica::io::write_weights_header: " << header.parameter_count
         << " parameters and " << header.statistic_count << " statistics,\n// whose hash is ";
  writer.hexadecimal(header.hash) << ".\n#pragma once\n\n#include <mica/mica.hpp>\n\nusing " << header.name << " = ";
  return {};
}

namespace {

// There is no array of no numbers.
Status end_header_without_numbers(const char* name, SourceWriter& writer) {
  writer << "inline constexpr mica::Model<" << name << "> " << name << "_numbers{};\n\ninline const mica::Model<"
         << name << ">& " << name << "_model() { return " << name << "_numbers; }\n";
  return finish(writer);
}

}  // namespace

Status end_weights_header(const WeightsHeader& header, SourceWriter& writer) {
  const char* const name = header.name;
  writer << ";\nstatic_assert(" << name << "::fingerprint() == 0x";
  writer.hexadecimal(header.fingerprint)
      << ",\n              \"This header and this version of Mica mean different networks; export it again.\");\n\n";
  if (header.parameter_count + header.statistic_count == 0) return end_header_without_numbers(name, writer);
  writer << "alignas(16) inline constexpr float " << name << "_image["
         << header.parameter_count + header.statistic_count << "] = {";
  constexpr int in_a_line = 6;
  for (int i = 0; i < header.parameter_count + header.statistic_count; ++i) {
    writer << (i % in_a_line == 0 ? "\n    " : " ");
    const int statistic = i - header.parameter_count;
    writer.literal(statistic < 0 ? header.parameters[i] : header.statistics[statistic]) << ',';
  }
  writer << "\n};\n\ninline const mica::Model<" << name << ">& " << name
         << "_model() {\n  return mica::model_from_image<" << name << ">(" << name << "_image);\n}\n";
  return finish(writer);
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
