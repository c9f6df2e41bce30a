// The port that select.hpp chose, under the name the kernels are instantiated for.
#pragma once

#include "scalar/port.hpp"
#include "select.hpp"

#include MICA_PORT_HEADER
