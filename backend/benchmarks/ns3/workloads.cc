// The work of "socketlab bench" on ns-3, for comparison: the same topology, the same exchanges, the
// same octets, each checked where it arrives. Prints one JSON object.
//
//   workloads bulk|worlds|connections [--n=N] [--loss=P] [--rounds=N] [--real=0|1] [--checksum=0|1]
//
// --real=0 sends packets that only pretend to have a payload, and --checksum=0 leaves checksums
// out: that is how ns-3 runs unless told otherwise. Both are 1 here, because SocketLab does both.
//
// Cost is the processor time of the process, the median over the rounds.

#include "ns3/core-module.h"
#include "ns3/internet-module.h"
#include "ns3/network-module.h"
#include "ns3/point-to-point-module.h"
#include "ns3/traffic-control-module.h"

#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <malloc.h>
#include <string>
#include <vector>

using namespace ns3;

namespace
{

constexpr uint16_t SERVICE = 80;
constexpr uint32_t WINDOW = 1 << 20;
constexpr uint32_t CHUNK = 1 << 16;
constexpr uint32_t PERIOD = 65521;
constexpr uint32_t WORLD_OCTETS = 10000;
constexpr uint32_t CONNECTION_OCTETS = 100;

bool real = true;
uint64_t frames = 0;

double
CpuSeconds()
{
    timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec + t.tv_nsec / 1e9;
}

[[noreturn]] void
Fail(const std::string& what)
{
    std::fprintf(stderr, "%s\n", what.c_str());
    std::exit(1);
}

/** Octets that can be told apart by where they are in a stream. */
class Payload
{
  public:
    Payload()
        : m_octets(PERIOD + CHUNK)
    {
        uint32_t state = 1;
        for (uint32_t i = 0; i < PERIOD; i++)
        {
            state = state * 1664525 + 1013904223;
            m_octets[i] = state >> 24;
        }
        std::copy_n(m_octets.begin(), CHUNK, m_octets.begin() + PERIOD);
    }

    const uint8_t* At(uint64_t position) const
    {
        return &m_octets[position % PERIOD];
    }

    void Verify(uint64_t position, const Ptr<Packet>& packet)
    {
        if (!real)
        {
            return;
        }
        m_scratch.resize(packet->GetSize());
        packet->CopyData(m_scratch.data(), m_scratch.size());
        if (!std::equal(m_scratch.begin(), m_scratch.end(), At(position)))
        {
            Fail("an octet of the stream is not the one that was sent");
        }
    }

  private:
    std::vector<uint8_t> m_octets;
    std::vector<uint8_t> m_scratch;
};

Payload payload;

int
SendOctets(const Ptr<Socket>& socket, uint64_t position, uint32_t length)
{
    return real ? socket->Send(payload.At(position), length, 0)
                : socket->Send(Create<Packet>(length), 0);
}

void
CountFrame(Ptr<const Packet>)
{
    frames++;
}

/** Two nodes, 100 Mbit/s and 20 ms apart. */
struct Pair
{
    NodeContainer nodes;
    Ipv4InterfaceContainer interfaces;

    explicit Pair(double loss)
    {
        nodes.Create(2);
        PointToPointHelper link;
        link.SetDeviceAttribute("DataRate", StringValue("100Mbps"));
        link.SetChannelAttribute("Delay", StringValue("20ms"));
        link.SetQueue("ns3::DropTailQueue", "MaxSize", StringValue("4096p"));
        NetDeviceContainer devices = link.Install(nodes);
        InternetStackHelper stack;
        stack.SetIpv6StackInstall(false);
        stack.Install(nodes);
        Ipv4AddressHelper addresses;
        addresses.SetBase("10.0.0.0", "255.255.255.0");
        interfaces = addresses.Assign(devices);
        // the default queue disc would drop what stands in the queue for more than 5 ms
        TrafficControlHelper().Uninstall(devices);
        for (uint32_t i = 0; i < 2; i++)
        {
            devices.Get(i)->TraceConnectWithoutContext("PhyTxBegin", MakeCallback(&CountFrame));
        }
        if (loss > 0)
        {
            auto errors = CreateObject<RateErrorModel>();
            errors->SetUnit(RateErrorModel::ERROR_UNIT_PACKET);
            errors->SetRate(loss);
            devices.Get(1)->SetAttribute("ReceiveErrorModel", PointerValue(errors));
        }
    }

    Ptr<Socket> NewSocket(uint32_t node) const
    {
        return Socket::CreateSocket(nodes.Get(node), TcpSocketFactory::GetTypeId());
    }

    Ptr<Socket> Listen() const
    {
        Ptr<Socket> socket = NewSocket(1);
        socket->Bind(InetSocketAddress(Ipv4Address::GetAny(), SERVICE));
        socket->Listen();
        return socket;
    }

    Address Service() const
    {
        return InetSocketAddress(interfaces.GetAddress(1), SERVICE);
    }
};

/** One transfer over one connection. */
class Bulk
{
  public:
    Bulk(uint64_t octets, double loss)
        : m_octets(octets),
          m_pair(loss)
    {
        Ptr<Socket> listening = m_pair.Listen();
        listening->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                     MakeCallback(&Bulk::Accepted, this));
        m_sender = m_pair.NewSocket(0);
        m_sender->SetConnectCallback(MakeCallback(&Bulk::Connected, this),
                                     MakeNullCallback<void, Ptr<Socket>>());
        m_sender->SetSendCallback(MakeCallback(&Bulk::Room, this));
        m_sender->Connect(m_pair.Service());
    }

    void Run()
    {
        Simulator::Run();
        if (m_received != m_octets || !m_ended)
        {
            Fail("the stream ended after " + std::to_string(m_received) + " octets");
        }
        Simulator::Destroy();
    }

  private:
    void Connected(Ptr<Socket>)
    {
        Write();
    }

    void Room(Ptr<Socket>, uint32_t)
    {
        Write();
    }

    void Write()
    {
        while (m_sent < m_octets)
        {
            uint64_t most = std::min<uint64_t>(CHUNK, m_octets - m_sent);
            uint32_t length = std::min<uint64_t>(most, m_sender->GetTxAvailable());
            if (length == 0)
            {
                return;
            }
            int taken = SendOctets(m_sender, m_sent, length);
            if (taken <= 0)
            {
                return;
            }
            m_sent += taken;
        }
        if (!m_closed)
        {
            m_closed = true;
            m_sender->Close();
        }
    }

    void Accepted(Ptr<Socket> socket, const Address&)
    {
        socket->SetRecvCallback(MakeCallback(&Bulk::Readable, this));
        socket->SetCloseCallbacks(MakeCallback(&Bulk::Ended, this),
                                  MakeNullCallback<void, Ptr<Socket>>());
    }

    void Readable(Ptr<Socket> socket)
    {
        while (Ptr<Packet> packet = socket->Recv(CHUNK, 0))
        {
            if (packet->GetSize() == 0)
            {
                return;
            }
            payload.Verify(m_received, packet);
            m_received += packet->GetSize();
        }
    }

    void Ended(Ptr<Socket> socket)
    {
        m_ended = true;
        socket->Close();
    }

    uint64_t m_octets;
    Pair m_pair;
    Ptr<Socket> m_sender;
    uint64_t m_sent = 0;
    uint64_t m_received = 0;
    bool m_closed = false;
    bool m_ended = false;
};

/** One world from nothing to its end. */
class World
{
  public:
    World()
        : m_pair(0)
    {
        Ptr<Socket> listening = m_pair.Listen();
        listening->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                     MakeCallback(&World::Accepted, this));
        m_client = m_pair.NewSocket(0);
        m_client->SetConnectCallback(MakeCallback(&World::Connected, this),
                                     MakeNullCallback<void, Ptr<Socket>>());
        m_client->SetRecvCallback(MakeCallback(&World::Answered, this));
        m_client->Connect(m_pair.Service());
    }

    void Run()
    {
        Simulator::Run();
        if (m_echoed != WORLD_OCTETS || !m_ended)
        {
            Fail("only " + std::to_string(m_echoed) + " octets were echoed");
        }
        Simulator::Destroy();
    }

  private:
    void Connected(Ptr<Socket> socket)
    {
        SendOctets(socket, 0, WORLD_OCTETS);
    }

    void Answered(Ptr<Socket> socket)
    {
        while (Ptr<Packet> packet = socket->Recv(CHUNK, 0))
        {
            if (packet->GetSize() == 0)
            {
                return;
            }
            payload.Verify(m_echoed, packet);
            m_echoed += packet->GetSize();
        }
        if (m_echoed == WORLD_OCTETS && !m_closed)
        {
            m_closed = true;
            socket->Close();
        }
    }

    void Accepted(Ptr<Socket> socket, const Address&)
    {
        socket->SetRecvCallback(MakeCallback(&World::Echo, this));
        socket->SetCloseCallbacks(MakeCallback(&World::Ended, this),
                                  MakeNullCallback<void, Ptr<Socket>>());
    }

    void Echo(Ptr<Socket> socket)
    {
        while (Ptr<Packet> packet = socket->Recv(CHUNK, 0))
        {
            if (packet->GetSize() == 0)
            {
                return;
            }
            payload.Verify(m_position, packet);
            m_position += packet->GetSize();
            socket->Send(packet);
        }
    }

    void Ended(Ptr<Socket> socket)
    {
        m_ended = true;
        socket->Close();
    }

    Pair m_pair;
    Ptr<Socket> m_client;
    uint32_t m_position = 0;
    uint32_t m_echoed = 0;
    bool m_closed = false;
    bool m_ended = false;
};

/** Many connections: all are opened, then each has octets echoed, then all are closed. */
class Connections
{
  public:
    explicit Connections(uint32_t count)
        : m_pair(0),
          m_clients(count)
    {
        Ptr<Socket> listening = m_pair.Listen();
        listening->SetAcceptCallback(MakeNullCallback<bool, Ptr<Socket>, const Address&>(),
                                     MakeCallback(&Connections::Accepted, this));
    }

    void Open()
    {
        Each(&Connections::Connect);
        Settle();
        if (m_accepted != m_clients.size())
        {
            Fail("only " + std::to_string(m_accepted) + " connections");
        }
    }

    void Echo()
    {
        Each(&Connections::Write);
        Settle();
        if (m_echoed != uint64_t(m_clients.size()) * CONNECTION_OCTETS)
        {
            Fail("only " + std::to_string(m_echoed) + " octets were echoed");
        }
    }

    void Close()
    {
        Each(&Connections::CloseOne);
        Settle();
        if (m_ended != m_clients.size())
        {
            Fail("only " + std::to_string(m_ended) + " connections were closed");
        }
        Simulator::Destroy();
    }

  private:
    void Each(void (Connections::*what)(uint32_t))
    {
        for (uint32_t i = 0; i < m_clients.size(); i++)
        {
            Simulator::Schedule(MicroSeconds(100) * int64_t(i), what, this, i);
        }
    }

    /** Until what was begun is over, and not until TIME_WAIT is. */
    void Settle()
    {
        Simulator::Stop(MicroSeconds(100) * int64_t(m_clients.size()) + Seconds(1));
        Simulator::Run();
    }

    void Connect(uint32_t i)
    {
        m_clients[i] = m_pair.NewSocket(0);
        m_clients[i]->SetRecvCallback(MakeCallback(&Connections::Answered, this));
        m_clients[i]->Connect(m_pair.Service());
    }

    void Write(uint32_t i)
    {
        SendOctets(m_clients[i], 0, CONNECTION_OCTETS);
    }

    void CloseOne(uint32_t i)
    {
        m_clients[i]->Close();
    }

    void Answered(Ptr<Socket> socket)
    {
        Ptr<Packet> packet = socket->Recv(CHUNK, 0);
        if (packet && packet->GetSize() > 0)
        {
            payload.Verify(0, packet);
            m_echoed += packet->GetSize();
        }
    }

    void Accepted(Ptr<Socket> socket, const Address&)
    {
        m_accepted++;
        socket->SetRecvCallback(MakeCallback(&Connections::Return, this));
        socket->SetCloseCallbacks(MakeCallback(&Connections::Ended, this),
                                  MakeNullCallback<void, Ptr<Socket>>());
    }

    void Return(Ptr<Socket> socket)
    {
        Ptr<Packet> packet = socket->Recv(CHUNK, 0);
        if (packet && packet->GetSize() > 0)
        {
            socket->Send(packet);
        }
    }

    void Ended(Ptr<Socket> socket)
    {
        m_ended++;
        socket->Close();
    }

    Pair m_pair;
    std::vector<Ptr<Socket>> m_clients;
    uint32_t m_accepted = 0;
    uint64_t m_echoed = 0;
    uint32_t m_ended = 0;
};

double
Median(std::vector<double> values)
{
    std::sort(values.begin(), values.end());
    size_t middle = values.size() / 2;
    return values.size() % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
}

/** Cost of opening, using and closing so many connections, in processor seconds. */
double
CostOfConnections(uint32_t count)
{
    double before = CpuSeconds();
    Connections run(count);
    run.Open();
    run.Echo();
    run.Close();
    return CpuSeconds() - before;
}

double
HeapPerConnection(uint32_t count)
{
    Connections run(count);
    size_t before = mallinfo2().uordblks;
    run.Open();
    double octets = double(mallinfo2().uordblks - before) / count;
    Simulator::Destroy();
    return octets;
}

} // namespace

int
main(int argc, char* argv[])
{
    std::string workload = argc > 1 && argv[1][0] != '-' ? argv[1] : "";
    uint64_t n = 0;
    double loss = 0;
    uint32_t rounds = 3;
    bool checksum = true;
    CommandLine options;
    options.AddValue("n", "octets, worlds or connections", n);
    options.AddValue("loss", "of the packets with data, for bulk", loss);
    options.AddValue("rounds", "of which the median is told", rounds);
    options.AddValue("real", "whether packets carry octets", real);
    options.AddValue("checksum", "whether checksums are computed and verified", checksum);
    options.Parse(argc - 1, argv + 1);

    GlobalValue::Bind("ChecksumEnabled", BooleanValue(checksum));
    Config::SetDefault("ns3::TcpSocket::SegmentSize", UintegerValue(1448));
    Config::SetDefault("ns3::TcpSocket::InitialCwnd", UintegerValue(10));
    Config::SetDefault("ns3::TcpSocket::RcvBufSize", UintegerValue(WINDOW));
    Config::SetDefault("ns3::TcpSocket::SndBufSize", UintegerValue(4 * WINDOW));

    std::vector<double> costs;
    std::vector<double> perSecond;
    if (workload == "bulk")
    {
        n = n > 0 ? n : 100000000;
        for (uint32_t i = 0; i < rounds; i++)
        {
            RngSeedManager::SetRun(i + 1);
            frames = 0;
            double before = CpuSeconds();
            Bulk(n, loss).Run();
            costs.push_back(CpuSeconds() - before);
            perSecond.push_back(frames / costs.back());
        }
        std::printf("{\"bench\": \"bulk\", \"n\": %lu, \"loss\": %g, \"frames\": %lu, "
                    "\"framesPerCpuSecond\": %.0f, \"cpuSeconds\": %.4f}\n",
                    n,
                    loss,
                    frames,
                    Median(perSecond),
                    Median(costs));
    }
    else if (workload == "worlds")
    {
        n = n > 0 ? n : 1000;
        for (uint32_t i = 0; i < rounds; i++)
        {
            frames = 0;
            double before = CpuSeconds();
            for (uint64_t world = 0; world < n; world++)
            {
                World().Run();
            }
            costs.push_back(CpuSeconds() - before);
            perSecond.push_back(n / costs.back());
        }
        std::printf("{\"bench\": \"worlds\", \"n\": %lu, \"worldsPerCpuSecond\": %.1f, "
                    "\"framesPerWorld\": %.1f, \"cpuSeconds\": %.4f}\n",
                    n,
                    Median(perSecond),
                    double(frames) / n,
                    Median(costs));
    }
    else if (workload == "connections")
    {
        n = n > 0 ? n : 10000;
        uint32_t few = std::min<uint64_t>(n, 1000);
        std::vector<double> costsOfFew;
        for (uint32_t i = 0; i < rounds; i++)
        {
            frames = 0;
            costsOfFew.push_back(CostOfConnections(few) / few);
            frames = 0;
            costs.push_back(CostOfConnections(n));
        }
        double framesPerConnection = double(frames) / n;
        std::printf("{\"bench\": \"connections\", \"n\": %lu, \"cpuSeconds\": %.4f, "
                    "\"cpuSecondsPerConnection\": %.3e, \"costRatio\": %.2f, "
                    "\"framesPerConnection\": %.1f, \"heapBytesPerConnection\": %.0f}\n",
                    n,
                    Median(costs),
                    Median(costs) / n,
                    Median(costs) / n / Median(costsOfFew),
                    framesPerConnection,
                    HeapPerConnection(n));
    }
    else
    {
        Fail("usage: workloads bulk|worlds|connections [--n=N] [--loss=P] [--rounds=N] "
             "[--real=0|1] [--checksum=0|1]");
    }
    return 0;
}
