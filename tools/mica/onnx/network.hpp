// A network as `mica import` writes it: its type in words and its numbers in Mica's layouts.
#pragma once

#include <string>
#include <vector>

#include <mica/io/bytes.hpp>
#include <mica/status.hpp>

#include "layout.hpp"

namespace mica::onnx {

struct Network {
  std::string comment;      // lines for the header's top: where it came from, and the order of its inputs
  std::string description;  // Net::describe, from which the fingerprint is taken
  std::string source;       // the type in C++, without mica::
  std::vector<float> parameters, statistics;
  Layout input, output;  // where the file's numbers lie in Mica's
};

// Writes the header of io::write_weights_header with the network's comment on top.
Status write_header(const Network& network, const std::string& name, io::ByteSink& sink);

}  // namespace mica::onnx
