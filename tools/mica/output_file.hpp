#pragma once

#include <functional>
#include <string>

#include <mica/io/bytes.hpp>
#include <mica/status.hpp>

namespace mica::command {

// Refuses a path that could not be written now, before hours of work; leaves everything as it is. An empty path is none.
void check_output(const std::string& path);

// Writes a whole file, or refuses and leaves what was there. An empty path is none.
void write_output(const std::string& path, const std::function<Status(io::ByteSink&)>& write);
void write_text(const std::string& path, const std::string& text);

}  // namespace mica::command
