#pragma once

#include <string>

#include "text.hpp"

namespace mica::labs {

// A self-contained HTML page: style sheet, no scripts, legible in light and dark. With `refresh` seconds it loads itself
// again.
std::string page(const std::string& title, const std::string& body, Language language, int refresh = 0);

// Writes a file as a whole; refuses if it cannot.
void write_file(const std::string& path, const std::string& text);
void make_folder(const std::string& path);

}  // namespace mica::labs
