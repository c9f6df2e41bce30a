#include "port_name.hpp"

#include <mica/namespace.hpp>

namespace mica::command {

#define MICA_QUOTED(name) #name
#define MICA_NAME_OF(macro) MICA_QUOTED(macro)

std::string port_name() { return std::string(MICA_NAME_OF(MICA_PORT_NAMESPACE)).substr(std::string("port_").size()); }

}  // namespace mica::command
