#pragma once

#include <cstdint>

#include <mica/io/bytes.hpp>
#include <mica/io/source_writer.hpp>
#include <mica/model.hpp>
#include <mica/namespace.hpp>
#include <mica/status.hpp>

namespace mica {
inline namespace MICA_PORT_NAMESPACE {
namespace io {

// WeightsHeader: what the loops of write_weights_header need to know. Memory: 48 bytes.
struct WeightsHeader {
  const char* name;
  const float* parameters;
  const float* statistics;
  int parameter_count, statistic_count;
  std::uint64_t fingerprint, hash;
};

// The parts before and after the network's type.
Status begin_weights_header(const WeightsHeader& header, SourceWriter& writer);
Status end_weights_header(const WeightsHeader& header, SourceWriter& writer);

// Writes a trained network as a C++ header that needs nothing but Mica. A program that includes it has
//   using <name> = mica::Sequential<...>;
//   const mica::Model<<name>>& <name>_model();       in const memory, every bit as it was
// and does not compile if its Mica understands the network's type differently. A layer that is not Mica's must describe
// itself with its namespace ("mine::Layer<3>").
// Memory: under 1 KB of stack. Errors: a name that is no C++ identifier, a weight that is not finite (nothing is then
// written), a sink that fails.
template <class Net>
Status write_weights_header(const Model<Net>& model, const char* name, ByteSink& sink) {
  const WeightsHeader header = {
      name, model.parameters(), model.statistics(), Net::parameters, Net::statistics, Net::fingerprint(), model.hash()};
  SourceWriter writer(sink);
  if (Status status = begin_weights_header(header, writer); !status.ok()) return status;
  TypeWriter type(writer);
  Net::describe(type);
  type.end();
  return end_weights_header(header, writer);
}

}  // namespace io
}  // namespace MICA_PORT_NAMESPACE
}  // namespace mica
