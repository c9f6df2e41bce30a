#pragma once

#include <string>

namespace mica::command {

// The port this command was built for: "avx512", "avx2", "scalar", "neon".
std::string port_name();

}  // namespace mica::command
