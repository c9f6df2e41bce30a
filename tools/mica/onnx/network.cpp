#include "network.hpp"

#include <mica/io/weights_header.hpp>

namespace mica::onnx {

Status write_header(const Network& network, const std::string& name, io::ByteSink& sink) {
  DescriptionHash fingerprint;
  fingerprint << network.description.c_str();
  WeightsHash hash;
  const int parameters = static_cast<int>(network.parameters.size());
  const int statistics = static_cast<int>(network.statistics.size());
  hash.add(network.parameters.data(), parameters);
  hash.add(network.statistics.data(), statistics);
  const io::WeightsHeader header = {
      name.c_str(), network.parameters.data(), network.statistics.data(), parameters, statistics, fingerprint.value,
      hash.value};
  io::SourceWriter writer(sink);
  writer << network.comment.c_str();
  if (Status status = io::begin_weights_header(header, writer); !status.ok()) return status;
  io::TypeWriter type(writer);
  type << network.source.c_str();
  type.end();
  return io::end_weights_header(header, writer);
}

}  // namespace mica::onnx
