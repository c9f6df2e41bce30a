#pragma once

#include <string>

#include "picture.hpp"

namespace mica::models {

// Reads a grey image in the formats P5 (bytes) and P2 (numbers in words) of Netpbm
// (https://netpbm.sourceforge.net/doc/pgm.html). Other largest values are stretched to 255.
Picture read_pgm(const std::string& path);

}  // namespace mica::models
