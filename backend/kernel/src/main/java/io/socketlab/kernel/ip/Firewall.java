package io.socketlab.kernel.ip;

import io.socketlab.kernel.link.PacketBuffer;
import io.socketlab.kernel.wire.Ipv4Header;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Netfilter's INPUT chain, for what is addressed to the host: the first rule that is about a packet
 * decides, and one that none is about goes on. iptables(8).
 */
public final class Firewall {

    private final List<FirewallRule> rules = new ArrayList<>();

    /** {@code iptables -A INPUT}. */
    public void append(FirewallRule rule) {
        rules.add(rule);
    }

    /** {@code iptables -D INPUT}: answers whether there was such a rule. */
    public boolean delete(FirewallRule rule) {
        return rules.remove(rule);
    }

    /** {@code iptables -F INPUT}. */
    public void flush() {
        rules.clear();
    }

    /** In their order. */
    public List<FirewallRule> rules() {
        return List.copyOf(rules);
    }

    /** What becomes of a packet that is positioned after its IP header; null if it goes on. */
    FirewallRule.@Nullable Target refusal(Ipv4Header header, PacketBuffer packet) {
        for (int i = 0; i < rules.size(); i++) {
            FirewallRule rule = rules.get(i);
            if (!rule.matches(header, packet)) continue;
            return rule.target() instanceof FirewallRule.Target.Accept ? null : rule.target();
        }
        return null;
    }
}
