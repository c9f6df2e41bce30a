#pragma once

namespace mica::command {

// The instructions that this program was built with and the processor lacks, or null if it has them all.
const char* missing_instructions();

}  // namespace mica::command
