#pragma once

#include "../mica_single.hpp"
