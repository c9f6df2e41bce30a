// Brings in the name of the inline namespace that holds every public name of Mica, one per port.
#pragma once

#include "../../ports/select.hpp"
