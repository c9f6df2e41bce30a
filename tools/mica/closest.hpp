#pragma once

#include <string>
#include <vector>

namespace mica::command {

// Which of the words the user may have meant, or an empty string: the one that the fewest changes of letters lead to.
std::string closest(const std::string& word, const std::vector<std::string>& words);

}  // namespace mica::command
