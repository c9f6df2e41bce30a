#include "import.hpp"

#include "read_model.hpp"

namespace mica::onnx {

bool import_model(Bytes file, Network&, std::vector<std::string>& problems) {
  Model model;
  std::string failure;
  if (!read_model(file, model, failure)) problems.push_back(failure);
  if (problems.empty()) problems.push_back("No operator of ONNX is known yet.");
  return problems.empty();
}

}  // namespace mica::onnx
