#include <cstdio>

#include "../models/refusal.hpp"
#include "arguments.hpp"
#include "checkpoint_file.hpp"
#include "commands.hpp"
#include "format.hpp"
#include "json_line.hpp"
#include "output_file.hpp"

namespace mica::command {
namespace {

// The files to write; those that are not asked for are empty.
struct Exports {
  std::string header, onnx, safetensors, npz;
  bool any() const { return !header.empty() || !onnx.empty() || !safetensors.empty() || !npz.empty(); }
};

void write_exports(const Exports& files, const std::string& name, const models::Network& network) {
  // First all that can be refused for where it is to go.
  for (const std::string* file : {&files.header, &files.onnx, &files.safetensors, &files.npz}) check_output(*file);
  write_output(files.header, [&](io::ByteSink& sink) { return network.export_header(name.c_str(), sink); });
  write_output(files.onnx, [&](io::ByteSink& sink) { return network.export_onnx(name.c_str(), sink); });
  write_output(files.safetensors,
               [&](io::ByteSink& sink) { return network.export_tensors(models::TensorFormat::safetensors, sink); });
  write_output(files.npz, [&](io::ByteSink& sink) { return network.export_tensors(models::TensorFormat::npz, sink); });
}

}  // namespace

int export_weights(int count, char** words) {
  std::string checkpoint, name = "Net";
  Exports files;
  bool json = false;
  Arguments arguments(
      "export", "CHECKPOINT [--header FILE] [--onnx FILE] [--safetensors FILE] [--npz FILE] [OPTIONS]",
      "Writes a saved model for other programs: as a C++ header with the network's type and its weights\n"
      "for const memory, as an ONNX graph, or as tensors with PyTorch's names (docs/pytorch.md).");
  arguments.operand("CHECKPOINT", true, checkpoint);
  arguments.text("--header", "FILE", "the C++ header to write", files.header);
  arguments.text("--onnx", "FILE", "the ONNX file to write", files.onnx);
  arguments.text("--safetensors", "FILE", "the safetensors file to write", files.safetensors);
  arguments.text("--npz", "FILE", "the archive of NumPy arrays to write", files.npz);
  arguments.text("--name", "NAME", "what the network is called (default: Net)", name);
  arguments.flag("--json", "the last line is one JSON object", json);
  if (!arguments.parse(count, words)) return 0;
  if (!files.any()) models::refuse("mica export needs --header, --onnx, --safetensors or --npz with a FILE to write.");

  const CheckpointFile file(checkpoint);
  const auto network = file.load();
  write_exports(files, name, *network);

  const models::ModelFacts facts = file.model().facts();
  const std::string hash = hexadecimal(network->hash());
  if (!files.header.empty()) {
    std::printf("%s holds %s as %s, %s bytes in const memory, weights' hash %s.\n", files.header.c_str(), facts.name,
                name.c_str(), grouped(facts.bytes_model).c_str(), hash.c_str());
  }
  for (const std::string* other : {&files.onnx, &files.safetensors, &files.npz}) {
    if (other->empty()) continue;
    std::printf("%s holds %s, weights' hash %s.\n", other->c_str(), facts.name, hash.c_str());
  }
  if (json) {
    JsonLine()
        .add("model", facts.name)
        .add("header", files.header)
        .add("name", name)
        .add("parameters", facts.parameters)
        .add("bytes", std::uint64_t{facts.bytes_model})
        .add("weights_hash", hash)
        .print();
  }
  return 0;
}

}  // namespace mica::command
